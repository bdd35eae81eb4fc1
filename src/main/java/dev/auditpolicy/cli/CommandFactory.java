package dev.auditpolicy.cli;

import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Creates the commands, those that check certificates with a clock. */
record CommandFactory(InstantSource clock) implements IFactory {

    @Override
    public <K> K create(Class<K> type) throws Exception {
        return type == ImportCommand.class
                ? type.cast(new ImportCommand(clock))
                : CommandLine.defaultFactory().create(type);
    }
}
