"""Validates the arguments of a pipeline's steps by botocore's models of the jobs' Create calls.

Reads on standard input {"definition": ..., "parameters": {...}}, prints a line of JSON for each step.
"""

import json
import sys

import botocore.session
from botocore.validate import ParamValidator

CALLS = {"Processing": ("CreateProcessingJob", "ProcessingJobName"), "Training": ("CreateTrainingJob", "TrainingJobName")}
EXECUTION = {"PipelineExecutionId": "0a1b2c3d4e5f"}


def resolve(value, parameters):
    """The value as the execution puts it together."""
    if isinstance(value, list):
        return [resolve(item, parameters) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"Get"}:
        source, name = value["Get"].split(".", 1)
        return {"Parameters": parameters, "Execution": EXECUTION}[source][name]
    if set(value) == {"Std:Join"}:
        join = value["Std:Join"]
        return join["On"].join(resolve(item, parameters) for item in join["Values"])
    return {key: resolve(item, parameters) for key, item in value.items()}


def unknown(value, shape, at):
    """Members that the model does not have. The validator reports them too, but enumerations it leaves alone."""
    if shape.type_name == "structure":
        for key, item in value.items():
            if key in shape.members:
                yield from unknown(item, shape.members[key], f"{at}.{key}")
            else:
                yield f"{at}.{key} is no member"
    elif shape.type_name == "list":
        for index, item in enumerate(value):
            yield from unknown(item, shape.member, f"{at}[{index}]")
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        yield f"{at}: {value} is none of its values"


def main():
    given = json.load(sys.stdin)
    service = botocore.session.get_session().get_service_model("sagemaker")
    validator = ParamValidator()
    for step in given["definition"]["Steps"]:
        operation, name = CALLS[step["Type"]]
        arguments = resolve(step["Arguments"], given["parameters"])
        arguments[name] = f"pipelines-0a1b2c3d4e5f-{step['Name']}-0a1b2c3d4e"
        shape = service.operation_model(operation).input_shape
        report = validator.validate(arguments, shape)
        problems = [*unknown(arguments, shape, operation)]
        if report.has_errors():
            problems.append(report.generate_report())
        check = f"botocore takes the arguments of {step['Name']} for {operation}"
        print(json.dumps({"check": check, "ok": not problems, "detail": "; ".join(problems)}))


if __name__ == "__main__":
    main()
