"""Hands the tools of a tools/list answer to the converters of model providers and frameworks.

Reads the list from the file that is named; prints {converter: {tool: what went wrong}} as JSON.
"""

import asyncio
import json
import sys

import botocore.session
from agents.mcp import MCPServerStreamableHttp, MCPUtil
from agents.strict_schema import ensure_strict_json_schema
from botocore.validate import ParamValidator
from google.genai._mcp_utils import mcp_to_gemini_tool
from langchain_core.utils.function_calling import convert_to_openai_tool
from langchain_mcp_adapters.tools import convert_mcp_tool_to_langchain_tool
from mcp.types import Tool


def to_gemini(tool: Tool) -> None:
    declaration = mcp_to_gemini_tool(tool).function_declarations[0]
    assert declaration.name == tool.name


def to_openai_strict(tool: Tool) -> None:
    schema = ensure_strict_json_schema(json.loads(json.dumps(tool.inputSchema)))
    assert sorted(schema["required"]) == sorted(schema["properties"]), "not all are required"


# Never connected: the conversion calls nothing.
SERVER = MCPServerStreamableHttp(params={"url": "http://127.0.0.1:9/mcp"})


def to_openai_agents(tool: Tool) -> None:
    function = MCPUtil.to_function_tool(tool, SERVER, convert_schemas_to_strict=True)
    assert function.name == tool.name
    # Without arguments there is nothing to be strict about.
    assert function.strict_json_schema or not tool.inputSchema["properties"], "could not be made strict"


def to_langchain(tool: Tool) -> None:
    converted = convert_mcp_tool_to_langchain_tool(None, tool, connection={"transport": "streamable_http", "url": "http://127.0.0.1:9/mcp"})
    assert convert_to_openai_tool(converted, strict=True)["function"]["strict"]


SERVICE = botocore.session.get_session().get_service_model("bedrock-runtime")
CONVERSE = SERVICE.operation_model("Converse").input_shape


def to_bedrock(tool: Tool) -> None:
    spec = {"name": tool.name, "description": tool.description, "inputSchema": {"json": tool.inputSchema}}
    params = {"modelId": "any", "toolConfig": {"tools": [{"toolSpec": spec}]}}
    report = ParamValidator().validate(params, CONVERSE)
    assert not report.has_errors(), report.generate_report()


CONVERTERS = {
    "google-genai": to_gemini,
    "OpenAI strict": to_openai_strict,
    "OpenAI Agents": to_openai_agents,
    "LangChain strict": to_langchain,
    "Bedrock": to_bedrock,
}


async def main(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        tools = [Tool.model_validate(tool) for tool in json.load(file)["tools"]]
    failures = {}
    for name, convert in CONVERTERS.items():
        failures[name] = {}
        for tool in tools:
            try:
                convert(tool)
            except Exception as error:  # whatever a converter throws is the finding
                failures[name][tool.name] = f"{type(error).__name__}: {error}"[:300]
    print(json.dumps({"tools": len(tools), "failures": failures}))


asyncio.run(main(sys.argv[1]))
