//! A world under answers to the questions that Kubernetes leaves open.

use netpol_model::{Options, PodTemplate};

use crate::{End, World};

/// A world, and the answers to open questions as far as they are given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading<'a> {
    pub(crate) world: &'a World,
    pub(crate) options: Options,
}

impl<'a> Reading<'a> {
    /// As the settings and the plugin say.
    pub(crate) fn of(world: &'a World) -> Self {
        Self { world, options: *world.options() }
    }

    /// With pods in their node's network selected like others, or not.
    pub(crate) fn host_network_pods(mut self, as_pods: bool) -> Self {
        self.options.host_network_pods_as_pods = Some(as_pods);
        self
    }

    /// Whether an end is a pod in its node's network.
    pub(crate) fn is_in_host_network(&self, end: End) -> bool {
        end.pod().is_some_and(|pod| self.world.template(self.world.pod(pod)).host_network)
    }

    /// Whether selectors can select a pod: the answer must not be open for one in its node's network.
    pub(crate) fn is_selectable(&self, template: &PodTemplate) -> bool {
        !template.host_network || self.options.host_network_pods_as_pods == Some(true)
    }

    /// One reading for each answer to whether pods in their node's network are selected, if that is
    /// open and there are some; otherwise itself.
    ///
    /// All other questions only ever ask whether something more passes. This one also asks who is
    /// isolated, so that neither answer is the stricter one: both must be judged for themselves.
    pub(crate) fn of_host_network(self, is_there: bool) -> Vec<Self> {
        match self.options.host_network_pods_as_pods {
            None if is_there => vec![self.host_network_pods(false), self.host_network_pods(true)],
            _ => vec![self],
        }
    }
}
