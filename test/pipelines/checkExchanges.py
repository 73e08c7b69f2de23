"""Every exchange with the API server must be what its official document says: ``checkExchanges.py <document> <exchanges>``."""

import json
import re
import sys

import jsonschema

document, exchanges = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])


def closed(schema):
    """What the document does not know is an error: a misspelt field is ignored by the server."""
    if isinstance(schema, dict):
        schema = {name: closed(part) for name, part in schema.items()}
        if "properties" in schema and "additionalProperties" not in schema:
            schema["additionalProperties"] = False
    return schema


definitions = closed(document["definitions"])
# Any JSON, by Google's own type.
definitions["protobufAny"] = {}


def check(schema, value, what):
    validator = jsonschema.Draft4Validator({**closed(schema), "definitions": definitions})
    faults = [f"{what}: {fault.json_path}: {fault.message}" for fault in validator.iter_errors(value)]
    if faults:
        sys.exit("\n".join(faults))


def operation_of(method, path):
    for template, methods in document["paths"].items():
        if re.fullmatch(re.sub(r"\\{[^}]+\\}", "[^/:]+", re.escape(template)), path) and method.lower() in methods:
            return methods[method.lower()]
    sys.exit(f"{method} {path} is not in the document")


for exchange in exchanges:
    what = f"{exchange['method']} {exchange['path']}"
    operation = operation_of(exchange["method"], exchange["path"])
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "body":
            check(parameter["schema"], exchange["body"], f"what was asked by {what}")
    answers = operation["responses"]
    check(answers.get(str(exchange["status"]), answers["default"])["schema"], exchange["answer"], f"the answer to {what}")
print(f"{len(exchanges)} exchanges")
