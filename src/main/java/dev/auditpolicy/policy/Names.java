package dev.auditpolicy.policy;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The names of levels and stages in {@code audit.k8s.io/v1} policies and events. */
public final class Names {

    /** All levels, in ascending order. */
    public static final List<String> LEVELS =
            Arrays.stream(Level.values()).map(Names::of).toList();

    /** All stages, in the order of kube-apiserver's messages. */
    public static final List<String> STAGES =
            Arrays.stream(Stage.values()).map(Names::of).toList();

    private Names() {}

    /** The name of a level. */
    public static String of(Level level) {
        return switch (level) {
            case NONE -> "None";
            case METADATA -> "Metadata";
            case REQUEST -> "Request";
            case REQUEST_RESPONSE -> "RequestResponse";
        };
    }

    /** The name of a stage. */
    public static String of(Stage stage) {
        return switch (stage) {
            case REQUEST_RECEIVED -> "RequestReceived";
            case RESPONSE_STARTED -> "ResponseStarted";
            case RESPONSE_COMPLETE -> "ResponseComplete";
            case PANIC -> "Panic";
        };
    }

    /** The level with this name; case-sensitive. */
    public static Optional<Level> level(String name) {
        return Arrays.stream(Level.values())
                .filter(level -> of(level).equals(name))
                .findFirst();
    }

    /** The stage with this name; case-sensitive. */
    public static Optional<Stage> stage(String name) {
        return Arrays.stream(Stage.values())
                .filter(stage -> of(stage).equals(name))
                .findFirst();
    }
}
