"""usage: schemas.py OPENAPI DIRECTORY KIND...

Writes the JSON Schemas of built-in kinds for kubeconform, as strict as its own, from the OpenAPI document of kube-apiserver."""

import json
import pathlib
import sys

PREFIX = "#/definitions/"


def references(node):
    """Names of the definitions that a schema refers to."""
    if isinstance(node, dict):
        target = node.get("$ref")
        if isinstance(target, str):
            yield target.removeprefix(PREFIX)
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from references(child)


def strict(schema):
    """The same, without fields that the kind does not have. The API server also takes numbers for quantities and ports."""
    if schema.get("format") == "int-or-string" or schema.get("description", "").startswith("Quantity is"):
        return {"type": ["string", "number"]}
    if "properties" in schema and "additionalProperties" not in schema:
        return schema | {"additionalProperties": False}
    return schema


def closure(name, definitions):
    """The definitions that a kind needs, and no others."""
    needed, open_names = {}, [name]
    while open_names:
        current = open_names.pop()
        if current not in needed:
            needed[current] = strict(definitions[current])
            open_names.extend(references(definitions[current]))
    return needed


def main(openapi, directory, *kinds):
    definitions = json.loads(pathlib.Path(openapi).read_text())["definitions"]
    for name, definition in definitions.items():
        for kind in definition.get("x-kubernetes-group-version-kind", []):
            if kind["kind"] in kinds:
                schema = {"$ref": PREFIX + name, "definitions": closure(name, definitions)}
                path = pathlib.Path(directory, kind["group"] or kind["version"], f"{kind['kind'].lower()}_{kind['version']}.json")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(json.dumps(schema))


main(*sys.argv[1:])
