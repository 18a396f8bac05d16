"""Says of each command of the AWS CLI whether it would be sent: parsed and checked by the CLI itself, and kept back.

Reads a file with a JSON list of `{"words": [...]}` or `{"line": "..."}`, the latter in a shell's words, and prints a JSON
list with the CLI's complaint of each, null where it has none, and `"no command"` of a line that may be prose.
"""

import contextlib
import functools
import io
import json
import pathlib
import re
import shlex
import sys

from awscli.botocore.exceptions import ParamValidationError
from awscli.botocore.validate import ParamValidator
from awscli.clidriver import CLIOperationCaller, create_clidriver
from awscli.customizations.commands import BasicCommand
from awscli.customizations.waiters import WaiterCaller

# What the CLI says of itself before it says what is wrong.
BESIDES = ("usage:", "To see", "  aws", "Note: AWS CLI")

# What is in a file that a command names, where an empty object is not enough.
FILES = {
    "owners.json": {
        "Changes": [
            {
                "Action": "UPSERT",
                "ResourceRecordSet": {
                    "Name": "a-api.example.com.",
                    "Type": "TXT",
                    "TTL": 300,
                    "ResourceRecords": [{"Value": '"heritage=external-dns"'}],
                },
            }
        ]
    }
}

# Of a command without any option this is no mistake: a text speaks of it by its name.
REQUIRED = "the following arguments are required"


def keep_back(self, service_name, operation_name, parameters, parsed_globals):
    model = self._session.get_service_model(service_name).operation_model(operation_name)
    if model.input_shape is not None:
        report = ParamValidator().validate(parameters, model.input_shape)
        if report.has_errors():
            raise ParamValidationError(report=report.generate_report())
    return 0


def keep_back_waiter(self, service_name, waiter_name, parameters, parsed_globals):
    return 0


def keep_back_custom(self, parsed_args, parsed_globals):
    return 0


def every_subclass(of):
    for one in of.__subclasses__():
        yield one
        yield from every_subclass(one)


def words_of(line):
    """Up to what the shell would take for another command."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;")
    lexer.whitespace_split = True
    lexer.commenters = ""
    words = []
    for word in lexer:
        if set(word) <= set("|&;"):
            break
        words.append(word)
    return words


@functools.cache
def driver_for(operation):
    """One for all but EC2, whose operations leave checks of their own options behind, which the next one has not."""
    return create_clidriver()


def complaint(words):
    driver = driver_for(tuple(words[:2]) if words[:1] == ["ec2"] else None)
    for word in words:
        # The CLI reads the files that a command names.
        for name in re.findall(r"^fileb?://([\w.-]+)$", word):
            pathlib.Path(name).write_text(json.dumps(FILES.get(name, {})))
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        try:
            code = driver.main(words)
        except SystemExit as error:
            code = error.code
    if code == 0:
        return None
    lines = [line for line in said.getvalue().splitlines() if line.strip() and not line.startswith(BESIDES)]
    complaint = " ".join(lines).removeprefix(f"{pathlib.Path(sys.argv[0]).name}: error: ") or f"exit code {code}"
    named = not any(word.startswith("-") for word in words)
    return None if named and REQUIRED in complaint else complaint


def main():
    # It loads the commands of the CLI's own, which are kept back below.
    services = set(driver_for(None)._get_command_table())
    CLIOperationCaller.invoke = keep_back
    WaiterCaller.invoke = keep_back_waiter
    for command in every_subclass(BasicCommand):
        # Without a subcommand a group of commands says how it is used.
        if not command.SUBCOMMANDS:
            command._run_main = keep_back_custom
    answers = []
    for asked in json.loads(pathlib.Path(sys.argv[1]).read_text()):
        try:
            words = asked["words"] if "words" in asked else words_of(asked["line"])
        except ValueError as error:
            answers.append(f"no words of a shell: {error}")
            continue
        if asked.get("maybe") and words[0] not in services:
            answers.append("no command")
        else:
            answers.append(complaint(words))
    json.dump(answers, sys.stdout)


main()
