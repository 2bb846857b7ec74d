namespace CitrixOps.Simulator.Traffic;

/// <summary>What a connection met.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Who decided: an ACL, a state, a policy.</param>
/// <param name="Status">HTTP status of an answer; 0 where the answer is not HTTP (DTLS).</param>
/// <param name="Server">The virtual server or <c>management</c> that answers.</param>
/// <param name="Body">The answer's body; for a redirection where it leads.</param>
/// <param name="SeenFrom">The address the gateway saw: another one where addresses are translated in front of it.</param>
public sealed record Answer(Outcome Outcome, string Reason, int Status = 0, string Server = "", string Body = "", string SeenFrom = "");
