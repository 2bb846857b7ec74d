using System;
using System.Collections.Generic;

namespace CitrixOps.Tests.Indicators.Oracle;

/// <summary>A random rule as text and as what it means.</summary>
/// <param name="Id">Its id.</param>
/// <param name="LogType">The log it reads.</param>
/// <param name="Yaml">The text that the product reads.</param>
/// <param name="Holds">What the specification says it means: of the fields of a record, and of its line.</param>
internal sealed record OracleRule(string Id, string LogType, string Yaml, Func<Func<string, string?>, string, bool> Holds);

/// <summary>A part of a rule: its lines of YAML and its meaning.</summary>
/// <param name="Lines">The lines, not indented.</param>
/// <param name="Holds">Its meaning.</param>
internal sealed record OraclePart(IReadOnlyList<string> Lines, Func<Func<string, string?>, string, bool> Holds);
