"""The clinic: a web app for therapist, supervisor, lead and client, on one machine or behind a clinic's own proxy.

One concept a folder, the same file names in each: `models.py`, `forms.py`, `views.py`, `urls.py`, `templates/`,
`migrations/`. Folders build on those above them:

    vault      what is encrypted, with which key; backup and restore of keys
    people     clinic, staff with roles, who supervises whom, signing in with a second factor
    audit      the append-only record of who read or changed what
    clients    a client, what they consent to, erasure
    sessions   sessions, transcripts, readings, events, notes
    questionnaires   the clinic's questionnaires: their words, who is asked which
    checkins   one-time links, answers, "something felt off"
    findings   what people make of a finding: verdicts, comments at turns
    alerts     since when an alert is open, and whether it was seen
    reading    parsing in a child process, the queue and its jobs, the case as it stands, drawn reports
    access     who may see whom: the one place; the base classes of all views
    supervision   supervisees, minutes worth watching, skills over time
    lead       the clinic at a glance with small cells hidden, people, cases, settings
    retention  how long things are kept, and what is done once a day
    research   exports of consenting clients, without names
    api        other programs: tokens with scopes, REST, FHIR R4
    look       base template, style, script: the look of the reports
    health     whether the worker runs
    demo       invented clients for `attunement serve --demo`

**To add a page:** derive from one of `attunement.web.access.views` (`StaffView`, `ClientView`, `SessionView`,
`LinkView`, `PublicView`), add it to the folder's `urls.py`, extend `base.html`, give it a row in
`tests/web/permissions.py`, and a line in `look/places.py` if it belongs into the menu. A view that derives from none
of them is refused by the middleware, and an address without a row fails the tests. Reads and changes of a client's data
are put into the audit record by the base classes.

**To keep something of a client:** derive the model from `attunement.web.vault.fields.OfClient` and use `SealedText`,
`SealedJSON` or `SealedBytes` for every word; the rest of the columns can be read by whoever has the database file.
"""
