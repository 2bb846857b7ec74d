using System.Collections.Generic;
using CitrixOps.Errors;
using CitrixOps.Investigation;

namespace CitrixOps.Appliances.Sources;

/// <summary>Gathers the names of an archive that try to leave it, so that they are reported once.</summary>
internal sealed class UnsafeNames
{
    private const int Shown = 3;
    private readonly string _archive;
    private readonly List<string> _first = new();
    private int _count;

    public UnsafeNames(string archive) => _archive = archive;

    /// <summary>The report, or null when every name was safe.</summary>
    public Problem? Problem => _count == 0 ? null : new Problem(
        "ArchiveUnsafePath",
        ErrorKind.SecurityRefusal,
        $"'{_archive}' has {_count} entries whose names leave the archive, for example {string.Join(", ", _first)}. They were read under harmless names; nothing was written.",
        _archive,
        "An appliance does not make such names: treat the archive as hostile.");

    /// <summary>The harmless name of an entry; remembers it when it was not harmless.</summary>
    public string Check(string name)
    {
        if (!MemberName.Sanitise(name, out var safe))
        {
            _count++;
            if (_first.Count < Shown)
            {
                _first.Add("'" + SafeText.FromText(name, 80) + "'");
            }
        }

        return safe;
    }
}
