//! Names by which browser tests find things: the values of `data-testid`.
//!
//! What changes is in other attributes beside them: `data-state` and `data-revision` on
//! [`APP`]; `data-from`, `data-to`, `data-verdict` on [`EDGE`], [`CELL`] and [`RESULT`].

/// The root. `data-state` is `working`, `ready` or `stale`; `data-revision` counts the texts, and
/// `data-shown` is the revision of the last one that was judged.
pub const APP: &str = "app";
/// The choice of a scenario.
pub const SCENARIO: &str = "scenario";
/// The step of a lesson; `data-step` is its name, `data-done` whether what is to be done is done.
pub const LESSON: &str = "lesson";
/// The button to the step before.
pub const LESSON_BACK: &str = "lesson-back";
/// The button to the next step.
pub const LESSON_NEXT: &str = "lesson-next";
/// The button that begins the step again.
pub const LESSON_AGAIN: &str = "lesson-again";
/// The button that shows what was to be done.
pub const LESSON_SOLVE: &str = "lesson-solve";
/// The button that puts the lesson away.
pub const LESSON_END: &str = "lesson-end";
/// The button that opens the document's menu.
pub const MENU: &str = "document-menu";
/// The field with the document's name.
pub const NAME: &str = "document-name";
/// The button that begins an empty document.
pub const NEW: &str = "new-document";
/// The button that copies the document.
pub const DUPLICATE: &str = "duplicate-document";
/// The button that deletes the document.
pub const DELETE_DOCUMENT: &str = "delete-document";
/// The button that opens files.
pub const OPEN_FILES: &str = "open-files";
/// The button that opens a folder.
pub const OPEN_FOLDER: &str = "open-folder";
/// The button that saves the document as a file.
pub const SAVE: &str = "save-file";
/// The button that copies the text.
pub const COPY: &str = "copy-yaml";
/// The buttons that open what can be taken along: in the bar, and in the menu.
pub const EXPORT: &str = "export";
/// The other one.
pub const EXPORT_ITEM: &str = "export-item";
/// What can be taken along; `data-export` says what is chosen.
pub const EXPORTS: &str = "exports";
/// One of the forms; `value` says which.
pub const EXPORT_FORM: &str = "export-form";
/// What it looks like.
pub const PREVIEW: &str = "preview";
/// The button that copies it.
pub const EXPORT_COPY: &str = "export-copy";
/// The button that saves it.
pub const EXPORT_SAVE: &str = "export-save";
/// What has become of it.
pub const EXPORTED: &str = "exported";
/// The button that opens the list of keys.
pub const KEYS: &str = "keys";
/// The button that opens the dialog with the link.
pub const SHARE_OPEN: &str = "share-open";
/// The menu's item that does the same.
pub const SHARE_ITEM: &str = "share-item";
/// The dialog with the link.
pub const SHARE: &str = "share";
/// The link.
pub const SHARE_FIELD: &str = "share-field";
/// How long it is, in `data-length` too, or why there is none.
pub const SHARE_SIZE: &str = "share-size";
/// Whether everything gets another name.
pub const SHARE_REDACT: &str = "share-redact";
/// Whether only what decides about the question is passed on.
pub const SHARE_MINIMISE: &str = "share-minimise";
/// The button that copies the link.
pub const SHARE_LINK: &str = "share-link";
/// The button that copies it as Markdown.
pub const SHARE_MARKDOWN: &str = "share-markdown";
/// The button that copies it as the element that `embed.js` brings.
pub const SHARE_ELEMENT: &str = "share-element";
/// The button that copies it as a frame.
pub const SHARE_FRAME: &str = "share-frame";
/// The button that copies a report.
pub const SHARE_ISSUE: &str = "share-issue";
/// The link from a frame to a page of its own that shows the same.
pub const OPEN_IN_PLAYGROUND: &str = "open-in-playground";
/// The question whether to load what a link names.
pub const LOAD: &str = "load";
/// The list of keys.
pub const SHORTCUTS: &str = "shortcuts";
/// What is said about a document that was set aside.
pub const DAMAGED: &str = "damaged";
/// The button that downloads it.
pub const SAVE_DAMAGED: &str = "save-damaged";
/// The button in the notice that goes back to the document before.
pub const BACK: &str = "back";
/// The button in the notice that shows what another tab has done.
pub const SHOW_CHANGES: &str = "show-changes";
/// The button that takes the last change back.
pub const UNDO: &str = "undo-change";
/// The button that indents all lines.
pub const FORMAT: &str = "format";
/// What the cursor's place is about; `data-part` says which part of a policy it is.
pub const ABOUT: &str = "about";
/// A pod or workload that the selector at the cursor selects.
pub const SELECTED: &str = "selected";
/// The button that writes the shown verdict down as an expectation.
pub const EXPECT: &str = "expect";
/// The button that makes it again.
pub const REDO: &str = "redo-change";

/// The button that changes the theme.
pub const THEME: &str = "theme";
/// What parts the document from the picture.
pub const SPLIT: &str = "split";
/// A message across the page; `data-kind` says which.
pub const NOTICE: &str = "notice";
/// The button in the notice that sends the text again.
pub const TRY_AGAIN: &str = "try-again";

/// The element that holds the editor.
pub const EDITOR: &str = "editor";
/// The list of findings.
pub const FINDINGS: &str = "findings";
/// A finding; `data-severity` and `data-code` say which.
pub const FINDING: &str = "finding";
/// The button that lists the findings of a severity or leaves them out; `data-severity` says which.
pub const SEVERITY: &str = "severity";
/// The button that goes to the finding before.
pub const PREVIOUS_FINDING: &str = "previous-finding";
/// The button that goes to the next finding.
pub const NEXT_FINDING: &str = "next-finding";
/// The button that lists more findings.
pub const MORE_FINDINGS: &str = "more-findings";
/// The button of a finding that mends it.
pub const FIX: &str = "fix";

/// The form of a namespace, pod or address.
pub const FORM: &str = "form";
/// The button that opens the form for a namespace.
pub const ADD_NAMESPACE: &str = "add-namespace";
/// The button that opens the form for a pod.
pub const ADD_POD: &str = "add-pod";
/// The button that opens the form for an outside address.
pub const ADD_EXTERNAL: &str = "add-external";
/// The button that hands a form in.
pub const SUBMIT: &str = "submit";
/// What is wrong with a form.
pub const FORM_ERROR: &str = "form-error";
/// The choice of the network plugin to judge as.
pub const JUDGED_PLUGIN: &str = "judged-plugin";
/// The choice of the Kubernetes version.
pub const JUDGED_VERSION: &str = "judged-version";
/// A namespace, pod or address in the list; `data-id` says which.
pub const OBJECT: &str = "object";
/// The button that opens the form for other labels or addresses.
pub const CHANGE: &str = "change";
/// The button that opens more about an object.
pub const DETAILS: &str = "details";
/// More about an object.
pub const INSPECTION: &str = "inspection";
/// The button that asks whether to delete.
pub const DELETE: &str = "delete";

/// The result of an expected connection; also `data-ok`.
pub const RESULT: &str = "result";

/// The button that removes an expectation.
pub const UNEXPECT: &str = "unexpect";

/// The picture.
pub const GRAPH: &str = "graph";
/// A pod or address of the picture; `data-id` says which, `data-ingress` and `data-egress` whether
/// it is `isolated` or `open`.
pub const CARD: &str = "card";
/// An edge of the picture; also `data-ports`, `data-stops-at` and `data-chosen`.
pub const EDGE: &str = "edge";
/// The button that lets flows stand still or move.
pub const PLAY: &str = "play";
/// The search box that filters flows.
pub const SEARCH: &str = "search";
/// A filter; `data-chip` says which. A click removes it.
pub const CHIP: &str = "chip";
/// A filter that is on offer.
pub const OFFER: &str = "offer";
/// The button that opens all namespaces of the picture.
pub const OPEN_ALL: &str = "open-all";
/// The button that folds them.
pub const FOLD_ALL: &str = "fold-all";
/// A namespace of the picture; `data-id` says which.
pub const FRAME: &str = "frame";
/// The button that puts all cards back where they were.
pub const PUT_BACK: &str = "put-back";
/// The part of a card from which a connection is drawn.
pub const HANDLE: &str = "handle";
/// The button that lets a connection be drawn.
pub const CONNECT: &str = "connect";
/// What is to be chosen next for it.
pub const CONNECT_NOTE: &str = "connect-note";
/// The button in a pod's details that draws one from there.
pub const CONNECT_FROM: &str = "connect-from";
/// The whole of a picture that is larger than its room.
pub const MINI_MAP: &str = "mini-map";
/// What the picture does not show.
pub const REMARKS: &str = "remarks";
/// The button that adds pods to try the policies on.
pub const ADD_EXAMPLES: &str = "add-examples";
/// What the last edit changed.
pub const CHANGES: &str = "changes";
/// The button that shows it no more.
pub const DISMISS_CHANGES: &str = "dismiss-changes";
/// The flows of a line that stands for several.
pub const FLOW_LIST: &str = "flow-list";
/// One of them.
pub const LISTED_FLOW: &str = "listed-flow";
/// The button that clears the filters.
pub const FILTER_CLEAR: &str = "filter-clear";

/// The flows, line by line.
pub const LOG: &str = "log";
/// A line of it; `data-verdict`, and `data-from` and `data-to` of the flow.
pub const EVENT: &str = "event";
/// The button that shows more lines.
pub const MORE_EVENTS: &str = "more-events";
/// What the log leaves out.
pub const LOG_NOTE: &str = "log-note";
/// An identity that the log names; `data-number`.
pub const IDENTITY: &str = "identity";

/// The button that marks the text as it is.
pub const MARK: &str = "mark";
/// The button that forgets the mark.
pub const FORGET: &str = "forget-mark";
/// How many connections are different from the mark.
pub const DIFFERENCE: &str = "difference";
/// A connection that is different; `data-change`, `data-from` and `data-to`.
pub const DIFFERENT: &str = "different";

/// The table of who to whom.
pub const MATRIX: &str = "matrix";
/// A cell; also `data-ports`.
pub const CELL: &str = "cell";
/// The button that opens what shares a row; `data-id` says what.
pub const MATRIX_OPEN: &str = "matrix-open";
/// The button that folds a namespace; `data-id` says which.
pub const MATRIX_FOLD: &str = "matrix-fold";
/// The search for rows; with `-before` and `-after` the buttons that turn pages.
pub const MATRIX_FROM: &str = "matrix-from";
/// The search for columns; likewise.
pub const MATRIX_TO: &str = "matrix-to";
/// The matrix's port.
pub const MATRIX_PORT: &str = "matrix-port";

/// The explanation; `data-verdict` says the verdict.
pub const EXPLANATION: &str = "explanation";
/// The sender's field.
pub const FROM: &str = "from";
/// The receiver's field.
pub const TO: &str = "to";
/// The port's field.
pub const PORT: &str = "port";
/// The protocol's field.
pub const PROTOCOL: &str = "protocol";
/// The verdict's word.
pub const VERDICT: &str = "verdict";
/// The sentence that answers the question.
pub const SUMMARY: &str = "summary";
/// The lookup of the receiver's name; `data-verdict`.
pub const LOOKUP: &str = "lookup";
/// What a verdict hinges on, in the explanation.
pub const DOUBT: &str = "doubt";
/// A network plugin to judge as; `data-value` names it.
pub const PLUGIN: &str = "plugin";
/// An answer to an open question; `data-value` is its value.
pub const ANSWER: &str = "answer";
/// A side; `data-direction` and `data-passes`.
pub const SIDE: &str = "side";
/// The link to where a reason is explained.
pub const SECTION: &str = "section";
/// A policy; `data-policy` is its name.
pub const POLICY: &str = "policy";
/// A rule; `data-policy`, `data-rule` and `data-matches`.
pub const RULE: &str = "rule";
/// The button that opens a rule's peers and ports.
pub const RULE_PARTS: &str = "rule-parts";
/// The card with the smallest edits that turn the verdict.
pub const FIXES: &str = "fixes";
/// The button that asks for them.
pub const WISH: &str = "wish";
/// One of them.
pub const SUGGESTION: &str = "suggestion";
/// The button that makes it.
pub const APPLY: &str = "apply";
/// The button that asks another question instead of one that cannot be answered.
pub const ASK_INSTEAD: &str = "ask-instead";
/// Why the question cannot be answered.
pub const QUERY_ERROR: &str = "query-error";

/// The button that goes through the explained connection step by step.
pub const FILM_OPEN: &str = "film-open";
/// The film; `data-step` and `data-steps` say which step is shown, `data-spot` where the connection is.
pub const FILM: &str = "film";
/// The step in words; `data-answer` says whether the connection passes.
pub const FILM_STEP: &str = "film-step";
/// Shows the step before.
pub const FILM_BACK: &str = "film-back";
/// Lets steps come by themselves, or not.
pub const FILM_PLAY: &str = "film-play";
/// Shows the next step.
pub const FILM_FORWARD: &str = "film-forward";
/// How fast steps come.
pub const FILM_SPEED: &str = "film-speed";
/// Ends the film.
pub const FILM_CLOSE: &str = "film-close";
/// Where the connection is in the picture; `data-part` is how much of its line it has travelled.
pub const FILM_DOT: &str = "film-dot";
