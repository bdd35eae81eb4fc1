/** How a policy records the requests that an auditor asks about first. Pure. */
@NullMarked
package dev.auditpolicy.report.request;

import org.jspecify.annotations.NullMarked;
