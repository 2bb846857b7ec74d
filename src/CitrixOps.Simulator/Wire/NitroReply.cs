using System;
using System.Text.Json.Nodes;

namespace CitrixOps.Simulator.Wire;

/// <summary>What is answered: the envelope, and what stands beside it.</summary>
internal sealed class NitroReply
{
    public int Code { get; set; }

    public string Message { get; set; } = "Done";

    public string Severity { get; set; } = "NONE";

    /// <summary>Fixed HTTP status, where the code alone does not tell it (201 for an add).</summary>
    public int? Status { get; set; }

    public string? SetCookie { get; set; }

    /// <summary>A warning that is shown only to those who ask for warnings.</summary>
    public NitroError? Warning { get; set; }

    /// <summary>Further properties of the envelope.</summary>
    public JsonObject Payload { get; } = [];

    /// <summary>Time before it is sent; the command is done by then.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>True when the connection is dropped instead of an answer.</summary>
    public bool Drop { get; set; }

    public static NitroReply Of(NitroError error) => new() { Code = error.Code, Message = error.Message, Severity = "ERROR" };

    public static NitroReply With(string name, JsonNode? value)
    {
        var reply = new NitroReply();
        if (value is not null)
        {
            reply.Payload[name] = value;
        }

        return reply;
    }
}
