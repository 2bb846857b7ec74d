using System;
using System.Collections.Generic;

namespace CitrixOps.Advisories;

/// <summary>
/// A NetScaler build: branch, two integers, edition. Numbers are compared as integers, never as text. The order is total and agrees with
/// equality; which build is older says something about fixes only within one branch and edition.
/// </summary>
public sealed class GatewayVersion : IComparable<GatewayVersion>, IEquatable<GatewayVersion>
{
    // a second number from here on marks a validated edition on two trains, and a special build everywhere else
    private const int SpecialFrom = 100;

    /// <summary>Creates a version.</summary>
    /// <param name="branch">The branch, for example <c>13.1</c>.</param>
    /// <param name="train">The first integer of the build.</param>
    /// <param name="number">The second integer of the build.</param>
    /// <param name="edition">The edition; Unknown derives it from the number.</param>
    public GatewayVersion(string branch, int train, int number, GatewayEdition edition = GatewayEdition.Unknown)
    {
        Branch = branch;
        Train = train;
        Number = number;
        Edition = edition == GatewayEdition.Unknown ? EditionByNumber(branch, train, number) : edition;
    }

    /// <summary>The branch, for example <c>13.1</c>.</summary>
    public string Branch { get; }

    /// <summary>The first integer of the build.</summary>
    public int Train { get; }

    /// <summary>The second integer of the build.</summary>
    public int Number { get; }

    /// <summary>The edition.</summary>
    public GatewayEdition Edition { get; }

    /// <summary>Train and number, for example <c>59.22</c>.</summary>
    public string Build => FormattableString.Invariant($"{Train}.{Number}");

    /// <summary>
    /// True for a private or special build: no bulletin names it, and within its train its number does not tell what it holds (13.1-49.101 was
    /// built before 13.1-49.13).
    /// </summary>
    public bool IsSpecial => Number >= SpecialFrom && Edition is GatewayEdition.Regular or GatewayEdition.Unknown;

    /// <summary>The names under which bulletins list this build's branch; several where the edition is not certain.</summary>
    public IReadOnlyList<string> CatalogueBranches => Edition switch
    {
        GatewayEdition.Fips => new[] { Branch + "-FIPS" },
        GatewayEdition.Ndcpp => new[] { Branch + "-NDcPP" },
        GatewayEdition.FipsOrNdcpp => new[] { Branch + "-FIPS", Branch + "-NDcPP" },
        GatewayEdition.Unknown => new[] { Branch, Branch + "-FIPS" },
        _ => new[] { Branch },
    };

    /// <summary>Whether two versions are the same build and edition.</summary>
    public static bool operator ==(GatewayVersion? left, GatewayVersion? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two versions differ.</summary>
    public static bool operator !=(GatewayVersion? left, GatewayVersion? right) => !(left == right);

    /// <summary>Whether one build is older than another of the same branch.</summary>
    public static bool operator <(GatewayVersion left, GatewayVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether one build is newer than another of the same branch.</summary>
    public static bool operator >(GatewayVersion left, GatewayVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether one build is not newer than another.</summary>
    public static bool operator <=(GatewayVersion left, GatewayVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one build is not older than another.</summary>
    public static bool operator >=(GatewayVersion left, GatewayVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(GatewayVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byBuild = CompareBuild(other);
        return byBuild != 0 ? byBuild : Edition.CompareTo(other.Edition);
    }

    /// <summary>Compares branch and build and leaves the edition aside: bulletins do not always state it.</summary>
    /// <param name="other">The other version.</param>
    /// <returns>Below zero where this one is older.</returns>
    public int CompareBuild(GatewayVersion other)
    {
        var byBranch = BranchNumber(Branch).CompareTo(BranchNumber(other.Branch));
        return byBranch != 0 ? byBranch : Train != other.Train ? Train.CompareTo(other.Train) : Number.CompareTo(other.Number);
    }

    /// <inheritdoc/>
    public bool Equals(GatewayVersion? other) => other is not null && CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GatewayVersion);

    /// <inheritdoc/>
    public override int GetHashCode() => (BranchNumber(Branch) * 397) ^ (Train * 10_007) ^ Number;

    /// <summary>The normalised form, for example <c>13.1-59.22</c>.</summary>
    public override string ToString() => Branch + "-" + Build;

    /// <summary>A number by which branches are ordered.</summary>
    internal static int BranchNumber(string branch)
    {
        var dot = branch.IndexOf('.');
        var dash = branch.IndexOf('-');
        var end = dash < 0 ? branch.Length : dash;
        return dot > 0 && int.TryParse(branch.Substring(0, dot), out var major) && int.TryParse(branch.Substring(dot + 1, end - dot - 1), out var minor) ? (major * 100) + minor : 0;
    }

    private static GatewayEdition EditionByNumber(string branch, int train, int number) => branch switch
    {
        "12.1" when train == 55 && number >= SpecialFrom => GatewayEdition.FipsOrNdcpp,
        "13.1" when train == 37 && number >= SpecialFrom => GatewayEdition.FipsOrNdcpp,
        "14.1" => GatewayEdition.Unknown,
        _ => GatewayEdition.Regular,
    };
}
