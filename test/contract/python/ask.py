"""Asks every request of a JSON file with boto3 and prints the answers as JSON. Usage: ask.py REQUESTS"""

import base64
import datetime
import json
import re
import sys

import boto3
import botocore
from botocore import xform_name
from botocore.exceptions import ClientError, ParamValidationError

FOUND = {
    "$queryId": re.compile(r'"queryId": "([^"]+)"'),
    "$stream": re.compile(r'"logStreamName": "([^"]+)"'),
    "$token": re.compile(r'"NextToken": "([^"]+)"'),
    "$pointer": re.compile(r'"field": "@ptr", "value": "([^"]+)"'),
}


def plain(value):
    """What JSON has no form for; a stream is read."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds")
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    raise TypeError(type(value))


def fill(value, seen):
    if isinstance(value, str):
        return seen.get(value, value) if value.startswith("$") else value
    if isinstance(value, list):
        return [fill(item, seen) for item in value]
    if isinstance(value, dict):
        return {name: fill(member, seen) for name, member in value.items()}
    return value


def ask(client, request, seen):
    method = getattr(client, xform_name(request["operation"]), None)
    if method is None:
        return {"isUnknown": True}
    try:
        output = method(**fill(request["input"], seen))
    except ClientError as error:
        return {"error": error.response["Error"]["Code"]}
    except ParamValidationError as error:
        return {"error": "ParamValidation", "message": str(error)}
    text = json.dumps(output, default=plain)
    for name, pattern in FOUND.items():
        match = pattern.search(text)
        if match:
            seen.setdefault(name, match.group(1))
    return {"output": output}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        requests = json.load(file)
    clients = {name: boto3.client(name) for name in ("cloudwatch", "logs", "sts", "cloudtrail")}
    seen = {}
    answers = [ask(clients[request["service"]], request, seen) for request in requests]
    protocol = clients["cloudwatch"].meta.service_model.resolved_protocol if hasattr(
        clients["cloudwatch"].meta.service_model, "resolved_protocol"
    ) else clients["cloudwatch"].meta.service_model.protocol
    json.dump({"version": botocore.__version__, "protocol": protocol, "answers": answers}, sys.stdout, default=plain)


main()
