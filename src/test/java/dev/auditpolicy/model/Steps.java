package dev.auditpolicy.model;

import java.util.function.Consumer;

/** One source of {@link Step}s. */
interface Steps {

    /** Tells {@code found} of everything that can happen next in {@code state}. */
    void from(ModelState state, Consumer<Step> found);
}
