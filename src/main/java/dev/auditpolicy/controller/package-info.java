/** The controller: compiles the AuditPolicy, writes AuditNodes, grants the turn and reports the status. It never changes a node. */
@NullMarked
package dev.auditpolicy.controller;

import org.jspecify.annotations.NullMarked;
