//! The pipeline, and the questions that it answers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use netpol_eval::{PLUGINS, Plugin, Reachability, World, plugin as plugin_named};
use netpol_model::{KubernetesVersion, Objects, Options, Reading, Share};
use netpol_sort::{Gather, Sort};
use netpol_syntax::{FileId, Finding, Source, Sources};

use crate::explain::Context;
use crate::view::{
    ConnectionQuery, Connectivity, Diff, Explanation, FieldValidation, FindingView, FlowQuery,
    Flows, FoldedMatrix, FoldedQuery, Judging, Matrix, MatrixQuery, QueryError, Reach, ReachQuery,
    Stats, StoredLine, Suggestion, TestReport, Topology, Validation, Verdict,
};
use crate::{
    connectivity, diff, explain, fix, flow, folded, lint, place, stored, table, topology,
    validation,
};

/// Manifests, read and resolved.
#[derive(Debug)]
pub struct Analysis {
    sources: Sources,
    reading: Reading,
    findings: Vec<Finding>,
    world: World,
    /// Judged for all pairs when a question first needs it.
    reachability: OnceLock<Reachability>,
}

/// Reads, decodes and resolves manifests. What is wrong with them is among the findings; what is
/// right is judged all the same.
///
/// ```
/// use netpol::{Sources, analyse, view::{ConnectionQuery, PortSpec, Verdict}};
///
/// let analysis = analyse(Sources::single("shop.yaml", "
/// apiVersion: v1
/// kind: Pod
/// metadata: {name: web, namespace: shop, labels: {app: web}}
/// ---
/// apiVersion: v1
/// kind: Pod
/// metadata: {name: db, namespace: shop, labels: {app: db}}
/// ---
/// apiVersion: networking.k8s.io/v1
/// kind: NetworkPolicy
/// metadata: {name: db, namespace: shop}
/// spec:
///   podSelector: {matchLabels: {app: db}}
///   ingress:
///   - from: [{podSelector: {matchLabels: {app: api}}}]
/// "));
/// let explanation = analysis.explain(&ConnectionQuery {
///     from: "shop/web".into(),
///     to: "shop/db".into(),
///     port: PortSpec::Number(5432),
///     protocol: Default::default(),
/// })?;
/// assert_eq!(explanation.verdict, Verdict::Denied);
/// let rule = &explanation.paths[0].ingress.policies[0].rules[0];
/// assert_eq!(rule.peers[0].why, "label `app` is `web`, the rule wants `api`");
/// assert_eq!(rule.peers[0].place.line, 16);
/// # Ok::<(), netpol::view::QueryError>(())
/// ```
pub fn analyse(sources: Sources) -> Analysis {
    let reading = Reading::of(&sources);
    Analysis::new(sources, reading)
}

/// The analysis that [`analyse`] makes, of long texts: their parts are read at once, as far as `share`
/// has threads for them. Meanwhile it tells again and again how many bytes of all texts are behind; it
/// may begin anew once.
///
/// ```
/// use std::thread;
///
/// use netpol::{Sources, analyse_shared};
///
/// let text = "{apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n".repeat(1_000);
/// let mut seen = 0;
/// let sources = Sources::single("a.yaml", text.as_str());
/// let share = |count, job: &(dyn Fn(usize) + Sync)| {
///     thread::scope(|scope| (0..count).for_each(|number| drop(scope.spawn(move || job(number)))));
/// };
/// assert_eq!(analyse_shared(sources, &share, &mut |bytes| seen = bytes).stats().pods, 1);
/// assert_eq!(seen, text.len() - "---\n".len());
/// ```
pub fn analyse_shared(
    sources: Sources,
    share: Share<'_>,
    watch: &mut dyn FnMut(usize),
) -> Analysis {
    let reading = Reading::shared(&sources, share, watch);
    Analysis::new(sources, reading)
}

impl Analysis {
    fn new(sources: Sources, reading: Reading) -> Self {
        let (objects, refused) = reading.objects();
        let mut findings: Vec<Finding> = reading.syntax().cloned().chain(refused).collect();
        let world = World::resolve(objects);
        findings.extend(lint::lint(&world));
        findings.arrange_by_key(|finding| (finding.span, finding.severity));
        Self { sources, reading, findings, world, reachability: OnceLock::new() }
    }

    /// The analysis of other texts, as [`analyse`] makes it, but sooner where they are like these:
    /// only documents that differ are read again.
    ///
    /// ```
    /// use netpol::{Sources, analyse};
    ///
    /// let text = "{apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n";
    /// let analysis = analyse(Sources::single("a.yaml", text.repeat(2)));
    /// assert_eq!(analysis.stats().pods, 1);
    /// let edited = text.to_owned() + &text.replace("name: a", "name: b");
    /// let analysis = analysis.update(Sources::single("a.yaml", edited));
    /// assert_eq!(analysis.stats().pods, 2);
    /// ```
    #[must_use]
    pub fn update(self, sources: Sources) -> Self {
        let Self { sources: before, reading, world, .. } = self;
        // What the reading shares with the world it can then change in place.
        drop(world);
        let reading = reading.again(&before, &sources);
        Self::new(sources, reading)
    }

    /// The texts.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The texts that hold no object, and nothing that could not be read as one: empty ones, and
    /// those with comments only.
    pub fn sources_without_objects(&self) -> impl Iterator<Item = &Source> {
        let findings = self.findings.iter().map(|finding| finding.span.file);
        let used: BTreeSet<FileId> = self.reading.texts_with_documents().chain(findings).gather();
        self.sources.iter().filter(move |(id, _)| !used.contains(id)).map(|(_, source)| source)
    }

    pub(crate) fn reading(&self) -> &Reading {
        &self.reading
    }

    pub(crate) fn objects(&self) -> &Objects {
        self.world.objects()
    }

    fn context(&self) -> Context<'_> {
        Context { world: &self.world, sources: &self.sources }
    }

    pub(crate) fn world(&self) -> &World {
        &self.world
    }

    pub(crate) fn reachability(&self) -> &Reachability {
        self.reachability.get_or_init(|| Reachability::of(&self.world))
    }

    /// What is wrong with the texts or worth knowing, in the order of the texts.
    pub fn findings(&self) -> Vec<FindingView> {
        self.findings.iter().map(|finding| place::finding(&self.sources, finding)).collect()
    }

    /// What kubectl and the API server would say about each object. Without a mode, that of the
    /// Settings holds.
    pub fn validate(&self, mode: Option<FieldValidation>) -> Validation {
        validation::validate(&self.sources, &self.reading, mode)
    }

    /// What there is.
    pub fn topology(&self) -> Topology {
        topology::topology(&self.world, &self.sources)
    }

    /// The flows to draw.
    pub fn flows(&self, query: &FlowQuery) -> Flows {
        self.bundled_flows(query, &BTreeMap::new(), None)
    }

    /// The flows to draw between cards: `cards` names the card of each node or outside address that
    /// has none of its own. With an earlier analysis, flows know what became of them then.
    pub fn bundled_flows(
        &self,
        query: &FlowQuery,
        cards: &BTreeMap<String, String>,
        before: Option<&Self>,
    ) -> Flows {
        flow::flows(&flow::Drawing { now: self, before, query, cards })
    }

    /// The verdict about one connection, with its reasons.
    pub fn explain(&self, query: &ConnectionQuery) -> Result<Explanation, QueryError> {
        explain::explain(self.context(), &|| self.reachability(), query)
    }

    /// How verdicts are judged, and what else `Settings` can name.
    pub fn judging(&self) -> Judging {
        let settings = self.objects().settings.clone().unwrap_or_default();
        let plugin = |it: &Plugin| (it.id.to_owned(), it.title.to_owned());
        Judging {
            // An alias is called by its name.
            plugin: settings.plugin.map(|it| plugin_named(&it).map_or(it, |it| it.id.to_owned())),
            version: settings.kubernetes_version,
            plugins: PLUGINS.iter().map(plugin).collect(),
            versions: KubernetesVersion::known().map(|it| it.to_string()).collect(),
        }
    }

    /// What verdicts take for granted, in sentences: the network plugin, the version, the options.
    pub fn assumptions(&self) -> Vec<String> {
        let settings = self.objects().settings.as_ref();
        let plugin = settings.and_then(|it| it.plugin.as_deref());
        let version = settings.and_then(|it| it.kubernetes_version.as_deref());
        let unnamed = || {
            let version = KubernetesVersion::default();
            format!("No Kubernetes version is named: {version} is taken.")
        };
        let mut all = vec![
            plugin.map_or_else(
                || {
                    "No network plugin is named: what Kubernetes leaves open is left open."
                        .to_owned()
                },
                |name| format!("The network plugin is {name}."),
            ),
            version.map_or_else(unnamed, |version| format!("The Kubernetes version is {version}.")),
        ];
        if settings.is_some_and(|it| it.options != Options::default()) {
            all.push("Single options are set in the Settings among the manifests.".to_owned());
        }
        all
    }

    /// The smallest edits after which a connection is `wanted`: allowed or denied. Those that
    /// change the fewest other connections come first. An error says why there are none.
    pub fn suggest(
        &self,
        query: &ConnectionQuery,
        wanted: Verdict,
    ) -> Result<Vec<Suggestion>, QueryError> {
        fix::suggest(self, query, wanted, fix::Names::AsTheyAre)
    }

    /// The smallest edits after which a connection is allowed and its sender can look names of the
    /// cluster up, which most clients do first: everything that whoever draws a connection wants.
    /// They come in the same order; an error says why there are none.
    pub fn allow(&self, query: &ConnectionQuery) -> Result<Vec<Suggestion>, QueryError> {
        fix::suggest(self, query, Verdict::Allowed, fix::Names::LookedUp)
    }

    /// What a policy changes, compared with the same manifests without it: added is what it alone
    /// admits, removed is what it keeps from connecting.
    pub fn effect(&self, namespace: &str, name: &str) -> Result<Diff, QueryError> {
        diff::of_policy(&self.world, namespace, name)
    }

    /// A policy as the API server would keep it. An error says why it would not.
    pub fn stored(&self, namespace: &str, name: &str) -> Result<Vec<StoredLine>, QueryError> {
        stored::stored(self, namespace, name)
    }

    /// Who to whom.
    pub fn matrix(&self, query: &MatrixQuery) -> Result<Matrix, QueryError> {
        Ok(table::matrix(&self.world, self.reachability(), query))
    }

    /// A part of who to whom, where endpoints that are alike share a row, and those of a namespace
    /// in a large cluster.
    pub fn folded_matrix(&self, query: &FoldedQuery) -> FoldedMatrix {
        folded::folded(&self.world, self.reachability(), query)
    }

    /// All connections that are possible between nodes and outside addresses.
    pub fn reach(&self, query: &ReachQuery) -> Result<Reach, QueryError> {
        table::reach(&self.world, self.reachability(), query)
    }

    /// The same with the world outside, between workloads, as np-guard's netpol-analyzer lists it.
    pub fn connectivity(&self, query: &ReachQuery) -> Result<Connectivity, QueryError> {
        connectivity::connectivity(&self.world, query)
    }

    /// Counts.
    pub fn stats(&self) -> Stats {
        table::stats(&self.world, self.reachability())
    }

    /// The results of the expectations.
    pub fn test(&self) -> TestReport {
        table::test(self.context(), &|| self.reachability())
    }
}
