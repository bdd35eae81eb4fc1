package dev.auditpolicy.cli.tune;

import dev.auditpolicy.replay.tune.Budget;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a budget of the command line. */
public final class BudgetConverter implements ITypeConverter<Budget> {

    @Override
    public Budget convert(String value) {
        try {
            return Budget.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
