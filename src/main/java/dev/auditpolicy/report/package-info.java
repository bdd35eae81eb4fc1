/** Assembles from the resources of a cluster what an auditor asks about its audit logging. Pure. */
@NullMarked
package dev.auditpolicy.report;

import org.jspecify.annotations.NullMarked;
