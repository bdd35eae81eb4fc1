package dev.auditpolicy.model;

import java.util.function.Consumer;

/** One source of {@link Step}s. */
interface Steps {

    /** Passes each possible next step in {@code state} to {@code found}. */
    void from(ModelState state, Consumer<Step> found);
}
