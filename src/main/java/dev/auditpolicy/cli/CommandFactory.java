package dev.auditpolicy.cli;

import dev.auditpolicy.cli.report.ReportCommand;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Creates the commands, those that check certificates or proofs with a clock. */
record CommandFactory(InstantSource clock) implements IFactory {

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == ImportCommand.class) {
            return type.cast(new ImportCommand(clock));
        }
        if (type == ReportCommand.class) {
            return type.cast(new ReportCommand(clock));
        }
        return type == RenderCommand.class
                ? type.cast(new RenderCommand(clock))
                : CommandLine.defaultFactory().create(type);
    }
}
