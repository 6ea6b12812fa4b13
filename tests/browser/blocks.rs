//! Blocks of code on the pages of generators: some as they write them, some written by them here.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use netpol_tests::workspace_root;
use serde_json::json;

use crate::embedding::{frame, page_with};
use crate::harness::{Page, Screen, Setup, Site, open, save};

const PODS: &str = "<template id=cluster>
    apiVersion: v1
    kind: Pod
    metadata: {name: web, namespace: default}
    spec: {containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: frontend, namespace: default}
    spec: {containers: [{name: c, image: i}]}
    </template>";

/// On each of these pages the first block is to be live, the second to be tried, all others to stay.
#[track_caller]
fn use_blocks(page: &Page) {
    page.within(&frame(0), || page.wait_until_ready());
    let text = |number: usize| -> String {
        page.script_async(&format!(
            "document.querySelectorAll('netpol-playground')[{number}].get().then(({{ text }}) => arguments[0](text))"
        ))
    };
    let live = text(0);
    assert!(live.starts_with("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny-by-default}\nspec: {podSelector: {}}\n"), "{live}");
    let offers = "return document.querySelectorAll('[data-netpol-aside]').length";
    assert_eq!(page.script::<usize>(offers, &[]), 1, "one block is to be tried");
    page.script::<()>(
        "const bar = document.querySelector('[data-netpol-aside]');
        bar.scrollIntoView({ block: 'center' });
        bar.shadowRoot.querySelector('button').click()",
        &[],
    );
    page.within(&frame(1), || page.wait_until_done());
    let tried = text(1);
    assert!(tried.contains("kind: NetworkPolicy\nmetadata: {name: tried}\n"), "{tried}");
    assert_eq!(page.count("netpol-playground"), 2, "all others stay as they are");
}

#[test]
fn blocks_as_docusaurus_and_mdbook_write_them_and_jekyll_with_numbers() {
    for name in ["docusaurus", "jekyll", "mdbook"] {
        let file = workspace_root().join(format!("tests/browser/sites/{name}.html"));
        let blocks = fs::read_to_string(file).unwrap();
        open(Setup::BLANK, |page| {
            let attributes = "data-blocks=try data-with='#cluster'";
            let site = Site::page(&page_with(page, attributes, &format!("{PODS}{blocks}")));
            page.go(&site.url("/"));
            use_blocks(page);
            page.within(&frame(0), || {
                page.ask("default/frontend", "default/web", "8080", "TCP");
                assert_eq!(page.answer().verdict, "denied", "the pods are there, too");
            });
        });
    }
}

#[test]
fn without_a_word_only_what_asks_for_it_becomes_live() {
    let block = |class: &str, name: &str| {
        format!(
            "<pre class={class}><code>kind: NetworkPolicy\nmetadata: {{name: {name}}}\n</code></pre>"
        )
    };
    let body =
        format!("{}{}{}", block("plain", "a"), block("netpol-try", "b"), block("netpol-off", "c"));
    open(Setup::BLANK, |page| {
        let site = Site::page(&page_with(page, "", &body));
        page.go(&site.url("/"));
        page.expect("an offer", &1, || page.count("[data-netpol-aside]"));
        // What comes later is seen, too.
        page.script::<()>(
            "document.body.insertAdjacentHTML('beforeend', arguments[0])",
            &[json!(block("netpol-try", "d"))],
        );
        page.expect("another", &2, || page.count("[data-netpol-aside]"));
    });
}

/// As most pages show policies: without anybody to try them on.
#[test]
fn a_policy_alone_gets_pods_unless_they_are_named_or_not_wanted() {
    let policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny}\nspec: {podSelector: {matchLabels: {app: web}}}\n";
    let block = |attributes: &str| format!("<pre {attributes}><code>{policy}</code></pre>");
    let body = format!("{}{}", block(""), block("class=netpol-live data-netpol-examples=off"));
    open(Setup::BLANK, |page| {
        let site = Site::page(&page_with(page, "data-blocks=live", &body));
        page.go(&site.url("/"));
        page.within(&frame(0), || {
            page.wait_until_ready();
            let cards = ["default/other", "default/web", "elsewhere/other"];
            page.expect("the pods", &cards.map(str::to_owned).to_vec(), || page.card_ids());
            page.ask("default/other", "default/web", "80", "TCP");
            assert_eq!(page.answer().verdict, "denied");
        });
        page.within(&frame(1), || {
            page.wait_until_ready();
            assert_eq!(page.card_ids(), [] as [&str; 0]);
        });
    });
}

/// The recipes of docs/embedding.md for a tool: the files that they name, and what is in them.
fn recipes(tool: &str, playground: &str) -> Vec<(String, String)> {
    let page = fs::read_to_string(workspace_root().join("docs/embedding.md")).unwrap();
    let mark = format!("<!-- recipe: {tool}");
    let mut recipes = Vec::new();
    for part in page.split(&mark).skip(1) {
        let (path, rest) = part.split_once(" -->").unwrap();
        let rest = rest.trim_start();
        let fence: String = rest.chars().take_while(|letter| *letter == '`').collect();
        let (_, rest) = rest.split_once('\n').unwrap();
        let (content, _) = rest.split_once(&format!("\n{fence}\n")).unwrap();
        let content = content.replace("https://playground.example/", playground);
        recipes.push((path.trim().to_owned(), format!("{content}\n")));
    }
    assert!(!recipes.is_empty(), "there is no recipe for {tool}");
    recipes
}

/// A block that is to be tried, between those of the recipe.
const TRIED: &str = "\n```yaml\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: tried}\n```\n";

/// Writes the site, has the tool build it, and uses it.
#[track_caller]
fn built(tool: &str, picture: &str, more: &[(&str, &str)], command: &[&str], output: &str) {
    let path = env::var_os("PATH").unwrap_or_default();
    let Some(installed) = env::split_paths(&path).find(|folder| folder.join(command[0]).is_file())
    else {
        eprintln!("{tool} is not installed: its site is not built");
        return;
    };
    open(Setup::BLANK, |page| {
        let folder = tempfile::TempDir::new().unwrap();
        let write = |path: &str, content: &str| {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
        };
        let mut files = recipes(tool, page.address());
        for (path, content) in &mut files {
            if Path::new(path).extension().is_some_and(|it| it == "md") {
                content.push_str(TRIED);
            }
            let rest = more.iter().filter(|(other, _)| other == path);
            content.extend(rest.map(|(_, rest)| *rest));
            write(path, content);
        }
        for (path, content) in
            more.iter().filter(|(path, _)| files.iter().all(|(other, _)| other != path))
        {
            write(path, content);
        }
        // What npm has installed looks for its packages beside the site.
        if let Some(packages) = installed.parent().filter(|it| it.ends_with("node_modules")) {
            symlink(packages, folder.path().join("node_modules")).unwrap();
        }
        let built = Command::new(command[0])
            .args(&command[1..])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(built.status.success(), "{tool}: {}", String::from_utf8_lossy(&built.stderr));
        let site = Site::folder(&folder.path().join(output));
        page.go(&site.url("/"));
        use_blocks(page);
        save(&format!("{picture}.png"), &page.screenshot());
    });
}

#[test]
fn a_site_of_hugo_after_the_recipe() {
    let layout = "<!doctype html><html lang=en><head><title>Docs</title>{{ partial \"head.html\" . }}</head><body>{{ .Content }}</body></html>";
    for numbers in [
        "",
        "[markup.highlight]\nlineNos = true\nlineNumbersInTable = false\n",
        "[markup.highlight]\nlineNos = true\nlineNumbersInTable = true\n",
    ] {
        let config = format!(
            "title = 'Docs'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap', '404']\n{numbers}"
        );
        let more = [("config.toml", config.as_str()), ("layouts/index.html", layout)];
        built("hugo", "site-hugo", &more, &["hugo", "--quiet"], "public");
    }
}

#[test]
fn a_site_of_mkdocs_after_the_recipe() {
    // Its own theme would load a script from elsewhere.
    let more = [("mkdocs.yml", "theme: {name: mkdocs, highlightjs: false}\n")];
    built("mkdocs", "site-mkdocs", &more, &["mkdocs", "--quiet", "build"], "site");
}

#[test]
fn a_site_of_material_after_the_recipe() {
    if !Path::new("/usr/lib/python3/dist-packages/material").is_dir() {
        eprintln!("mkdocs-material is not installed: its site is not built");
        return;
    }
    let more = [(
        "mkdocs.yml",
        "- pymdownx.superfences\n- pymdownx.highlight:\n    linenums: true\ntheme: {name: material, font: false}\n",
    )];
    built("mkdocs", "site-material", &more, &["mkdocs", "--quiet", "build"], "site");
}

#[test]
fn a_site_of_mdbook_after_the_recipe() {
    let more =
        [("book.toml", "[book]\ntitle = 'Docs'\n"), ("src/SUMMARY.md", "- [One](chapter_1.md)\n")];
    built("mdbook", "site-mdbook", &more, &["mdbook", "build"], "book");
}

#[test]
fn a_site_of_jekyll_after_the_recipe() {
    let layout = "<!doctype html><html lang=en><head><title>Docs</title>{% include head-custom.html %}</head><body>{{ content }}</body></html>";
    let more = [("_layouts/default.html", layout)];
    built("jekyll", "site-jekyll", &more, &["jekyll", "build", "--quiet"], "_site");
}

#[test]
fn a_site_of_docusaurus_after_the_recipe() {
    built("docusaurus", "site-docusaurus", &[], &["docusaurus", "build"], "build");
}

#[test]
fn a_page_after_the_recipe_on_a_laptop_and_a_phone() {
    for (screen, dark, name) in [
        (Screen::Laptop, false, "laptop"),
        (Screen::Phone, false, "phone"),
        (Screen::Laptop, true, "dark"),
    ] {
        open(Setup { screen, dark, ..Setup::BLANK }, |page| {
            let recipe = &recipes("plain", page.address())[0].1;
            let site = Site::page(&format!(
                "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Docs</title>
                <style>:root {{ color-scheme: light dark; background: light-dark(#fff, #1b1b1d); font-family: sans-serif }} body {{ max-width: 760px; margin: 0 auto; padding: 0 16px }}</style>
                <h1>Deny by default</h1><p>A policy without rules isolates the pods that it selects.</p>{recipe}"
            ));
            page.go(&site.url("/"));
            page.within(&frame(0), || {
                page.wait_until_ready();
                assert_eq!(page.answer().verdict, "denied");
            });
            let sideways: f64 =
                page.script("return document.documentElement.scrollWidth - innerWidth", &[]);
            assert!(sideways <= 0.0, "{sideways}");
            save(&format!("embed-{name}.png"), &page.screenshot());
        });
    }
}
