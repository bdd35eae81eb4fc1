package dev.auditpolicy.controller;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** The name of the node that this controller runs on, when it is known. */
public record OwnNode(Optional<String> name) {

    public OwnNode {
        requireNonNull(name, "name is null");
    }
}
