-- The status of an AuditPolicy is in kstatus format: observedGeneration, and the conditions Ready, Reconciling and Stalled.
-- Before the controller has written one, observedGeneration is -1.
local status = obj.status or {}
if status.observedGeneration ~= obj.metadata.generation then
  return {
    status = "Progressing",
    message = "Waiting for the controller to observe generation " .. tostring(obj.metadata.generation)
  }
end

local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end
local ready = conditions.Ready
local stalled = conditions.Stalled

if ready == nil then
  return {status = "Progressing", message = "Waiting for the condition Ready"}
end

local health = {status = "Progressing", message = ready.reason .. ": " .. ready.message}
if stalled ~= nil and stalled.status == "True" then
  -- Nothing happens before a user or an administrator intervenes.
  health.status = "Degraded"
elseif ready.status == "True" then
  health.status = "Healthy"
elseif ready.reason == "Paused" or ready.reason == "NodeHeld"
  or ready.reason == "AwaitingApproval" or ready.reason == "GrowthAboveLimit" then
  -- A person stopped the rollout on purpose, or wants to be asked, and it continues when that person says so.
  health.status = "Suspended"
end
return health
