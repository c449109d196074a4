"""What bootstrap/fuzz api checks beyond schemathesis's own checks."""

import json

import jsonschema_rs
import schemathesis
from schemathesis.core import NOT_SET


@schemathesis.check
def server_errors_are_meant(ctx, response, case):
    """The daemon says "unexpected failure" where its code has not thought of the input."""
    if response.status_code >= 500 and b"unexpected failure" in response.content:
        raise AssertionError("unexpected failure")


def data(event):
    """The JSON of one event, bare or with standard framing."""
    lines = event.split("\n")
    standard = [line[len("data: "):] for line in lines if line.startswith("data: ")]
    return "\n".join(standard) if standard else event


@schemathesis.check
def events_fit_their_schema(ctx, response, case):
    if not response.headers.get("content-type", [""])[0].startswith("text/event-stream"):
        return
    document = case.operation.schema.raw_schema
    schema = {"$ref": "#/components/schemas/ServerStreamEvent", "components": document["components"]}
    validator = jsonschema_rs.validator_for(schema)
    events = response.content.decode("utf-8").split("\n\n")
    assert events.pop() == "", "the last event does not end with an empty line"
    for event in events:
        validator.validate(json.loads(data(event)))
    assert json.loads(data(events[0]))["type"] == "init", "init is not the first event"


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Schemathesis takes the schema for the frame around an event; here it describes the event."""
    return not failure.title.startswith("SSE event")


@schemathesis.hook
def before_call(context, case, kwargs):
    """A TRACE must not have a body (RFC 9110, section 9.3.8): one that has is 400 and not 405."""
    if case.method.upper() == "TRACE":
        case.body = NOT_SET
