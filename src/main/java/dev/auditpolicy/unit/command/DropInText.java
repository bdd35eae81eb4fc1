package dev.auditpolicy.unit.command;

import java.util.Optional;

/** What stands in the place of our drop-in. */
public sealed interface DropInText {

    /** Nothing. */
    record Absent() implements DropInText {}

    /** Our drop-in as it was written. */
    record Written(DropIn dropIn) implements DropInText {}

    /** Our drop-in, and somebody has edited it; with what can be read of it. */
    record Edited(Optional<DropIn> dropIn) implements DropInText {}

    /** A file of somebody else. */
    record Foreign() implements DropInText {}

    /** What it says of what it has replaced and overridden. */
    default Optional<DropIn> marks() {
        return switch (this) {
            case Written(DropIn dropIn) -> Optional.of(dropIn);
            case Edited(Optional<DropIn> dropIn) -> dropIn;
            case Absent _, Foreign _ -> Optional.empty();
        };
    }
}
