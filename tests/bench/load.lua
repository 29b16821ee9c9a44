-- The load of wrk: GetItem or PutItem with an item of 100 bytes under a random key. MINAMO_LOAD names the operation.
local operation = os.getenv("MINAMO_LOAD") or "GetItem"
local headers = {
  ["Content-Type"] = "application/x-amz-json-1.0",
  ["X-Amz-Target"] = "DynamoDB_20120810." .. operation,
  ["X-Amz-Date"] = "20260101T000000Z",
  ["Authorization"] = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, "
    .. "SignedHeaders=host;x-amz-date;x-amz-target, Signature=0",
}
local key = '"pk":{"S":"user#%d"},"sk":{"N":"%d"}'
local rest = ',"name":{"S":"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"},"n":{"N":"7"},"flag":{"BOOL":true}'

function request()
  local i = math.random(0, 9999)
  local body
  if operation == "PutItem" then
    body = string.format('{"TableName":"tab","Item":{' .. key .. rest .. "}}", 100000 + i, i)
  else
    body = string.format('{"TableName":"tab","Key":{' .. key .. "}}", 100000 + i, i)
  end
  return wrk.format("POST", "/", headers, body)
end
