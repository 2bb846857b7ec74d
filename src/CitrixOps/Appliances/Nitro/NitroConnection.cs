using System;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Errors;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Appliances.Nitro;

/// <summary>
/// A session with one node. Logs in with a session cookie and always out again; logs in once more when the session was ended; repeats
/// reads after a failed connection, and never a write.
/// </summary>
public sealed class NitroConnection : IDisposable
{
    private static readonly TimeSpan AbandonLimit = TimeSpan.FromSeconds(3);
    private readonly NitroTransport _transport;
    private readonly ConnectOptions _options;
    private readonly SemaphoreSlim _login = new(1, 1);
    private string? _token;
    private string? _entering;
    private int _calls;
    private int _disposed;

    /// <summary>Makes a connection; nothing is sent yet.</summary>
    /// <param name="address">The node.</param>
    /// <param name="options">Account, trust, times.</param>
    public NitroConnection(NitroAddress address, ConnectOptions options)
    {
        Address = address ?? throw new ArgumentNullException(nameof(address));
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _transport = new NitroTransport(address, options);
    }

    /// <summary>Gets messages about waiting, beside <see cref="ConnectOptions.Notice"/>.</summary>
    public event Action<string>? Notice;

    /// <summary>The node.</summary>
    public NitroAddress Address { get; }

    /// <summary>How it was connected.</summary>
    public ConnectOptions Options => _options;

    /// <summary>SHA-256 of the node's certificate, once connected.</summary>
    public string? Fingerprint => _transport.Fingerprint;

    /// <summary>Calls made so far: each adds a line to the node's logs.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>True between login and logout.</summary>
    public bool IsOpen => Volatile.Read(ref _token) is not null;

    /// <summary>Logs in.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="NitroException">It is refused, or the node cannot be reached.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken) => await LoginAsync(null, cancellationToken).ConfigureAwait(false);

    /// <summary>Asks for the login page over a connection of its own kind: whether the node can be reached. No session is opened, nothing is logged as a login.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="NitroException">No connection comes about, or nothing answers.</exception>
    public Task KnockAsync(CancellationToken cancellationToken) => _transport.KnockAsync(cancellationToken);

    /// <summary>Makes a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The answer: success, success with a warning, the results of a bulk request, or a code the call accepts.</returns>
    /// <exception cref="NitroException">Everything else.</exception>
    public async Task<NitroReply> SendAsync(NitroCall call, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _disposed) != 0)
        {
            throw new CitrixOpsException(new Problem("SessionClosed", ErrorKind.InvalidArgument, $"The session with '{Address}' is closed.", Address.ToString(), "Connect again with Connect-Gateway."));
        }

        var token = Volatile.Read(ref _token) ?? await LoginAsync(null, cancellationToken).ConfigureAwait(false);
        var reply = await DeliverAsync(call, token, cancellationToken).ConfigureAwait(false);
        if (NitroProblems.IsSessionEnd(reply.Code))
        {
            // the command was not executed: one login and one more try are safe
            token = await LoginAsync(token, cancellationToken).ConfigureAwait(false);
            reply = await DeliverAsync(call, token, cancellationToken).ConfigureAwait(false);
        }

        var accepted = false;
        foreach (var code in call.Accepts)
        {
            accepted |= code == reply.Code;
        }

        return reply.Succeeded || accepted || (call.IsBulk && reply.Code is 1241 or 1242 or 1243) ? reply : throw NitroProblems.Of(reply, call, Address.ToString(), _options.Credential.UserName);
    }

    /// <summary>Logs out. What fails is not reported: the appliance ends the session by itself in time.</summary>
    /// <param name="limit">How long it may take.</param>
    public async Task CloseAsync(TimeSpan limit)
    {
        var token = Interlocked.Exchange(ref _token, null) ?? Interlocked.Exchange(ref _entering, null);
        OpenSessions.Remove(this);
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        try
        {
            if (token is not null)
            {
                await LogoutAsync(token, limit).ConfigureAwait(false);
            }
        }
        finally
        {
            _transport.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseAsync(TimeSpan.FromSeconds(5)).GetAwaiter().GetResult();
        _login.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => Address.ToString();

    private async Task<NitroReply> DeliverAsync(NitroCall call, string token, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Interlocked.Increment(ref _calls);
                return await _transport.SendAsync(call, token, cancellationToken).ConfigureAwait(false);
            }
            catch (NitroException e) when (call.MayRepeat && attempt < _options.ReadPauses.Count && Problems.IsPassing(e))
            {
                await Task.Delay(_options.ReadPauses[attempt], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Logs in unless another call did so since the token was given out.</summary>
    private async Task<string> LoginAsync(string? expired, CancellationToken cancellationToken)
    {
        await _login.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Volatile.Read(ref _token) is { } present && present != expired)
            {
                return present;
            }

            var token = await LoginOnceFreeAsync(cancellationToken).ConfigureAwait(false);
            if (_options.Partition is { } partition)
            {
                await EnterAsync(partition, token, cancellationToken).ConfigureAwait(false);
            }

            Volatile.Write(ref _token, token);
            OpenSessions.Add(this);
            return token;
        }
        finally
        {
            _login.Release();
        }
    }

    private async Task<string> LoginOnceFreeAsync(CancellationToken cancellationToken)
    {
        var timeout = (int?)_options.SessionTimeout.TotalSeconds;
        for (var attempt = 0; ; attempt++)
        {
            var login = new JObject { ["username"] = _options.Credential.UserName, ["password"] = _options.Credential.Password };
            if (timeout is { } seconds)
            {
                login["timeout"] = seconds;
            }

            var call = NitroCall.Add("login", login);
            Interlocked.Increment(ref _calls);
            var reply = await SendLoginAsync(call, cancellationToken).ConfigureAwait(false);
            if (reply.Succeeded && reply.Property("sessionid") is { Length: > 0 } token)
            {
                return token;
            }

            if (reply.Code == 1219 && timeout is not null)
            {
                // the administrator allows less: take what is given
                timeout = null;
                continue;
            }

            if ((NitroProblems.IsBusy(reply.Code) || reply.Code == 1027) && attempt < _options.BusyPauses.Count)
            {
                var pause = _options.BusyPauses[attempt];
                var why = reply.Code == 1027 ? "does not take logins yet" : "has no session free";
                var notice = FormattableString.Invariant($"'{Address}' {why} ({reply.Message}); trying again in {pause.TotalSeconds:0.#} s.");
                _options.Notice?.Invoke(notice);
                Notice?.Invoke(notice);
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
                continue;
            }

            throw reply.Succeeded
                ? new NitroException(new Problem("NotAnAppliance", ErrorKind.InvalidData, $"'{Address}' accepts the login but gives no session.", Address.ToString(), "Give the NSIP of an appliance."), 0, Delivery.Unknown)
                : NitroProblems.Of(reply, call, Address.ToString(), _options.Credential.UserName);
        }
    }

    // A login that got no connection was not made, and may be repeated; one that got no answer would leave a session behind. Once sent it
    // is waited for also when the caller gives up: only the answer tells the session that has to be logged out.
    private async Task<NitroReply> SendLoginAsync(NitroCall call, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var reply = await _transport.SendAsync(call, null, CancellationToken.None).ConfigureAwait(false);
                if (cancellationToken.IsCancellationRequested && reply.Property("sessionid") is { } token)
                {
                    await LogoutAsync(token, AbandonLimit).ConfigureAwait(false);
                    cancellationToken.ThrowIfCancellationRequested();
                }

                return reply;
            }
            catch (NitroException e) when (e.Delivery == Delivery.NotExecuted && attempt < _options.ReadPauses.Count && Problems.IsPassing(e))
            {
                await Task.Delay(_options.ReadPauses[attempt], cancellationToken).ConfigureAwait(false);
            }
            catch (NitroException e) when (e.Delivery == Delivery.Unknown && _transport.OfferedToken is { } token)
            {
                await LogoutAsync(token, AbandonLimit).ConfigureAwait(false);
                throw;
            }
            catch (NitroException e) when (e.Delivery == Delivery.Unknown && Problems.IsPassing(e))
            {
                var left = FormattableString.Invariant($"{_options.SessionTimeout.TotalMinutes:0.#} minutes");
                throw new NitroException(new Problem("LoginUnanswered", ErrorKind.ConnectionFailed, $"'{Address}' did not answer the login: it may have opened a session that nobody holds, which ends by itself after {left}.", Address.ToString(), "Look whether the node is well, then connect again. show system session lists what is open."), 0, Delivery.Unknown, e);
            }
        }
    }

    private async Task LogoutAsync(string token, TimeSpan limit)
    {
        try
        {
            Interlocked.Increment(ref _calls);
            await _transport.SendAsync(NitroCall.Add("logout", new JObject()) with { Timeout = limit }, token, CancellationToken.None).ConfigureAwait(false);
        }
        catch (CitrixOpsException)
        {
            // the node is gone, or ended the session itself
        }
    }

    // The session is given out only once it is in its partition: until then a call would work in the default one. One that cannot get
    // there is logged out. Entering twice does no harm, so it is repeated as a read is.
    private async Task EnterAsync(string partition, string token, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _token, null);
        Volatile.Write(ref _entering, token);
        OpenSessions.Add(this);
        var entered = false;
        try
        {
            var call = NitroCall.Do("nspartition", "Switch", new JObject { ["partitionname"] = partition });
            var reply = await DeliverAsync(call, token, cancellationToken).ConfigureAwait(false);
            entered = reply.Succeeded ? true : throw NitroProblems.Of(reply, call, Address.ToString(), _options.Credential.UserName);
        }
        finally
        {
            if (Interlocked.Exchange(ref _entering, null) is not null && !entered)
            {
                OpenSessions.Remove(this);
                await LogoutAsync(token, AbandonLimit).ConfigureAwait(false);
            }
        }
    }

    private static class Problems
    {
        // what may be otherwise a moment later; trust and protocol are not
        public static bool IsPassing(NitroException e) => e.Problem.Id is "AnswerIncomplete" or "ApplianceNotReady" or "NotConnected";
    }
}
