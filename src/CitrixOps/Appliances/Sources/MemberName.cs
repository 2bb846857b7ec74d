using System;
using System.Collections.Generic;

namespace CitrixOps.Appliances.Sources;

/// <summary>Names inside archives are an attacker's choice: this makes them harmless labels. Nothing is ever written under them.</summary>
internal static class MemberName
{
    /// <summary>Makes a name relative, with forward slashes, without parent folders, drives or control characters.</summary>
    /// <param name="name">The name as stored.</param>
    /// <param name="safe">The label to use.</param>
    /// <returns>True when the name was safe as it was (a leading <c>./</c> is).</returns>
    public static bool Sanitise(string name, out string safe)
    {
        var clean = true;
        var segments = new List<string>();
        var text = name.Length > 4096 ? name.Substring(0, 4096) : name;
        if (text.StartsWith("/", StringComparison.Ordinal) || text.StartsWith("\\", StringComparison.Ordinal) || (text.Length > 1 && text[1] == ':'))
        {
            clean = false;
        }

        foreach (var segment in text.Split('/', '\\'))
        {
            if (segment == "..")
            {
                clean = false;
            }
            else if (segment.Length > 0 && segment != ".")
            {
                segments.Add(Printable(segment, ref clean));
            }
        }

        safe = string.Join("/", segments);
        return clean && name.Length <= 4096;
    }

    private static string Printable(string segment, ref bool clean)
    {
        foreach (var c in segment)
        {
            if (c < 0x20 || c == 0x7f)
            {
                clean = false;
                return Investigation.SafeText.FromText(segment, 255);
            }
        }

        return segment;
    }
}
