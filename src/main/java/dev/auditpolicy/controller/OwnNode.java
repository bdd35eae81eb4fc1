package dev.auditpolicy.controller;

import java.util.Optional;

/** The name of the node that this controller runs on, if known. */
public record OwnNode(Optional<String> name) {}
