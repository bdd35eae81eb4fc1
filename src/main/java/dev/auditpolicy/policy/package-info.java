/** Pure: versions, names, field paths and problems that all rooms of audit policies share. No files, no cluster. */
package dev.auditpolicy.policy;
