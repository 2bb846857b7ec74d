using System;
using System.Collections.Generic;
using System.Threading;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;

namespace CitrixOps.Appliances;

/// <summary>Reads from a source what it says about its appliance: names, addresses, zone, versions, configuration.</summary>
public static class ApplianceSurvey
{
    /// <summary>Surveys a source in one pass. Loose files can hold several configurations: each is an appliance of its own.</summary>
    /// <param name="source">The source.</param>
    /// <param name="problems">Where files that cannot be read are reported.</param>
    /// <param name="cancellationToken">Stops the survey.</param>
    /// <param name="configurationsOnly">True to report loose files that are no configuration; a search reads them as logs.</param>
    /// <returns>At least one set of facts.</returns>
    public static IReadOnlyList<ApplianceFacts> Read(ApplianceSource source, IProblemSink problems, CancellationToken cancellationToken, bool configurationsOnly = false)
    {
        var reading = new SurveyReading(source);
        foreach (var file in source.Files(cancellationToken))
        {
            if (!SurveyReading.Wants(file))
            {
                continue;
            }

            try
            {
                reading.Read(file);
            }
            catch (Exception e) when (ReadFailures.Concerns(e))
            {
                problems.Report(ReadFailures.Of(e, file.ToString(), archive: false));
            }
        }

        if (configurationsOnly && source.Kind == SourceKind.LooseFiles)
        {
            foreach (var file in reading.Unrecognised)
            {
                problems.Report(new Problem("VersionNotFound", ErrorKind.InvalidData, $"'{file}' is no configuration of a NetScaler.", file, "Give an ns.conf, a support bundle or the folder of an image; or the version itself with -Version."));
            }
        }

        return reading.Complete();
    }
}
