using System;
using System.Collections.Generic;

namespace CitrixOps.Mitigations;

/// <summary>One setting of a mitigation: a property of objects or of the appliance, or a responder policy.</summary>
internal sealed class MitigationSetting
{
    /// <summary><c>property</c> or <c>responder</c>.</summary>
    public string Kind { get; set; } = "";

    public string Id { get; set; } = "";

    public string Text { get; set; } = "";

    /// <summary>The resource type that has the property.</summary>
    public string Type { get; set; } = "";

    /// <summary>The property that names objects of the type; null for settings of the appliance.</summary>
    public string? Key { get; set; }

    /// <summary>Objects it does not concern.</summary>
    public IReadOnlyList<string> Except { get; set; } = Array.Empty<string>();

    public string Property { get; set; } = "";

    /// <summary>The value that is set.</summary>
    public string Value { get; set; } = "";

    /// <summary>What the appliance shows where nothing is set, or null where that is not known: taking it back unsets it then.</summary>
    public string? Default { get; set; }

    /// <summary>How a value is judged: <c>equals</c>, <c>atLeastOne</c> (a number above zero), <c>present</c>.</summary>
    public string Test { get; set; } = "equals";

    /// <summary>True where the value has to be decided by a person: it is checked, not set.</summary>
    public bool CheckOnly { get; set; }

    /// <summary>The command line, with {name} and {value}.</summary>
    public string Command { get; set; } = "";

    /// <summary>The expression of a responder policy.</summary>
    public string Rule { get; set; } = "";

    public string Policy { get; set; } = "";

    public string Action { get; set; } = "";

    /// <summary>What the action answers, as an expression.</summary>
    public string Answer { get; set; } = "";

    public string BindPoint { get; set; } = "REQ_OVERRIDE";
}
