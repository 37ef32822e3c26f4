"""The clinic for other programs: a REST API and FHIR R4, by tokens with scopes.

    models     a token: who made it, what for, until when
    scopes     what a token may be for
    caller     who calls: the token, its owner, whom they may reach; what goes into the audit record
    door       the one door of all these addresses: no token, no answer; wrong tokens are slowed down
    service    what REST and FHIR have in common: how bodies are read, how failures are said
    rest       clients, sessions, measures, events, alerts, check-in links, under `/api/v1/`
    fhir       Questionnaire and QuestionnaireResponse in, Observation out, under `/fhir/R4/`
    schema     the OpenAPI description of both, made from the code
    views      the page on which people make and revoke tokens, and the page that describes the API

**To add an operation:** a function in `rest`, with `**needs(Scope.…)` in its decorator, that finds its client through
`request.caller.client(…)`, and a row in `tests/web/permissions.py`. One without a scope is refused.
"""
