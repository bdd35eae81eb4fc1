/** Role 1: compiles the AuditPolicy, writes AuditNodes, hands out the turn and sums up status. Never touches a node. */
package dev.auditpolicy.controller;
