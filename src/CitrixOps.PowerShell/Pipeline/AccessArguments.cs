using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Probing;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Ways in and earlier tests as they come through the pipeline: of this session, or read from a file of another machine.</summary>
internal static class AccessArguments
{
    /// <summary>A way in, or null where it is none.</summary>
    public static ExternalAccess? Way(PSObject given) => given.BaseObject as ExternalAccess ?? (IsOf(given, typeof(ExternalAccess))
        ? new ExternalAccess
        {
            Gateway = Text(given, nameof(ExternalAccess.Gateway)),
            Partition = Text(given, nameof(ExternalAccess.Partition)),
            Kind = Value<AccessKind>(given, nameof(ExternalAccess.Kind)),
            Name = Text(given, nameof(ExternalAccess.Name)),
            Address = Texts(given, nameof(ExternalAccess.Address)),
            Port = Value<int>(given, nameof(ExternalAccess.Port)),
            Protocol = Text(given, nameof(ExternalAccess.Protocol)),
            ServiceType = Text(given, nameof(ExternalAccess.ServiceType)),
            Scope = Value<AccessScope>(given, nameof(ExternalAccess.Scope)),
            Behind = Text(given, nameof(ExternalAccess.Behind)),
        }
        : null);

    /// <summary>The addresses of anything else: a text, an address, or what has a property Uri.</summary>
    public static IEnumerable<string> Uris(PSObject given) => given.BaseObject is string or Uri ? new[] { given.BaseObject.ToString()! } : Texts(given, nameof(AccessTest.Uri));

    /// <summary>A target that keeps what an earlier test says about it.</summary>
    public static AccessTarget Like(PSObject given, AccessTarget target) => given.BaseObject is AccessTest || IsOf(given, typeof(AccessTest))
        ? target with
        {
            Gateway = Text(given, nameof(AccessTest.Gateway)),
            Partition = Text(given, nameof(AccessTest.Partition)),
            Name = Text(given, nameof(AccessTest.Name)),
            Through = Text(given, nameof(AccessTest.Through)),
            Kind = Value<AccessKind?>(given, nameof(AccessTest.Kind)),
            Scope = Value<AccessScope?>(given, nameof(AccessTest.Scope)),
        }
        : target;

    private static bool IsOf(PSObject given, Type type) => given.TypeNames.Any(n => n.EndsWith("." + type.FullName, StringComparison.Ordinal) || n == type.FullName);

    private static string Text(PSObject given, string name) => Value<string>(given, name) ?? "";

    private static string[] Texts(PSObject given, string name) => given.Properties[name]?.Value is { } value ? Value<string[]>(value) ?? Array.Empty<string>() : Array.Empty<string>();

    private static T? Value<T>(PSObject given, string name) => given.Properties[name]?.Value is { } value ? Value<T>(value) : default;

    private static T? Value<T>(object value) => LanguagePrimitives.TryConvertTo<T>(value, System.Globalization.CultureInfo.InvariantCulture, out var result) ? result : default;
}
