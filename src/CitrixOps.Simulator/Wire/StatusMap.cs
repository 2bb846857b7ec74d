namespace CitrixOps.Simulator.Wire;

/// <summary>HTTP status and reason phrase of an answer. Real clients compare the whole status line.</summary>
internal static class StatusMap
{
    public static int Of(int code) => code switch
    {
        0 => 200,
        258 or 344 or 373 or 461 or 463 or 538 or 864 or 1540 or 2626 or 2755 or 2823 or 3087 or 3248 or 3440 or 3441 => 404,
        273 or 440 or 2753 => 409,
        352 or 354 or 355 or 384 or 444 or 1025 or 1026 or 1027 or 1045 or 1046 or 1047 or 1244 => 401,
        269 or 2138 => 403,
        -1 or 1075 or 1090 or 1092 or 1093 or 1095 or 1097 or 1232 or 1233 or 1234 or 1240 => 400,
        1237 => 405,
        1241 or 1242 or 1243 => 207,
        _ => 599,
    };

    public static string Phrase(int status) => status switch
    {
        200 => "OK",
        201 => "Created",
        207 => "Multi Status",
        209 => "Netscaler specific warning",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        503 => "Service Unavailable",
        _ => "Netscaler specific error",
    };
}
