package dev.auditpolicy.agent.node;

import dev.auditpolicy.agent.webhook.WebhookPreflight.Sink;
import dev.auditpolicy.host.destination.LogDestinations;
import dev.auditpolicy.host.file.FileChanges;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.file.ProcessPresence;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.kind.ApiServerHost;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.log.LogPermissions;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.process.ContainerStarts;
import dev.auditpolicy.host.process.NodePrograms;
import dev.auditpolicy.host.process.Preflight;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.host.program.GuardProgram;
import dev.auditpolicy.host.survey.HostSurvey;
import java.time.InstantSource;

/**
 * The ports through which the agent and the guard access their node.
 *
 * @param host what runs kube-apiserver
 * @param guard whether a guard runs on the node
 * @param guardProgram what the guard runs
 * @param sink the receiver of the webhook, as the node reaches it
 */
public record NodePorts(
        ApiServerHost host,
        NodeFiles files,
        ApiServerProcesses processes,
        ContainerStarts starts,
        NodePrograms programs,
        Preflight preflight,
        ApiServerProbe probe,
        AuditLog log,
        LogPermissions logPermissions,
        LogDestinations logDestinations,
        HostSurvey survey,
        ProcessPresence guard,
        GuardProgram guardProgram,
        FileChanges changes,
        Sink sink,
        InstantSource clock,
        Ticker ticker) {}
