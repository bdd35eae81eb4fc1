package dev.auditpolicy.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A subcommand that needs no cluster, with the help layout that these share. */
@Command(
        mixinStandardHelpOptions = true,
        descriptionHeading = "%n",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n")
abstract class OfflineCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    CommandSpec spec() {
        return spec;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    ParameterException invalidUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
