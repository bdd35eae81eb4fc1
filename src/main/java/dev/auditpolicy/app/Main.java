package dev.auditpolicy.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the role that the first argument names. */
@QuarkusMain
public final class Main {
    private Main() {}

    /** The program's entry point. */
    public static void main(String... arguments) {
        Quarkus.run(arguments);
    }
}
