using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances;

namespace CitrixOps.Investigation;

/// <summary>Adds up how far a search over several sources is.</summary>
internal sealed class ProgressTally
{
    private readonly IInvestigationSink _sink;
    private readonly long? _total;
    private long _before;
    private long _findings;

    public ProgressTally(IReadOnlyList<ApplianceSource> sources, IInvestigationSink sink)
    {
        _sink = sink;
        _total = sources.All(s => s.TotalBytes is not null) ? sources.Sum(s => s.TotalBytes!.Value) : null;
    }

    public void Show(ApplianceSource source, ApplianceFile? file)
    {
        if (file is not null)
        {
            _sink.Advanced(new InvestigationProgress(_before + source.BytesConsumed, _total, file.ToString(), _findings));
        }
    }

    public void Found() => _findings++;

    public void Finished(ApplianceSource source) => _before += source.TotalBytes ?? source.BytesConsumed;
}
