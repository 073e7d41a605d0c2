// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "weather.h"

#include "soak/dice.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace {

QString percent(qint64 tenths)
{
    return u"%1.%2%"_s.arg(tenths / 10).arg(tenths % 10);
}

/// One rule for both ends, or one for each.
QStringList forEnds(Dice &dice, const QString &verb, qint64 mostTenths, const QString &more = {})
{
    const auto drawn = [&] { return percent(dice.upTo(dice.upTo(mostTenths))) + more; };
    if (dice.oneIn(2))
        return {verb + u' ' + drawn()};
    const QString client = verb + u" client "_s + drawn();
    return {client, verb + u" server "_s + drawn()};
}

QString delay(Dice &dice, const QString &end)
{
    const qint64 ms = 3 + dice.upTo(15); // clocks of timestamps tick several times in a round trip
    const qint64 jitterUs = dice.oneIn(2) ? 0 : dice.upTo(std::min<qint64>(ms / 2, 4) * 1000);
    return u"delay %1 %2ms ±%3us"_s.arg(end).arg(ms).arg(jitterUs);
}

} // namespace

Weather Weather::of(quint64 seed)
{
    Dice dice(seed);
    Weather weather;
    weather.seed = seed;
    QStringList rules{u"seed %1"_s.arg(seed), delay(dice, u"client"_s), delay(dice, u"server"_s)};
    rules += forEnds(dice, u"loss"_s, 100);
    if (!dice.oneIn(3))
        rules += forEnds(dice, u"reorder"_s, 50, u" %1ms"_s.arg(1 + dice.upTo(14)));
    if (!dice.oneIn(3))
        rules += forEnds(dice, u"duplicate"_s, 40);
    if (!dice.oneIn(3))
        rules += forEnds(dice, u"corrupt"_s, 30);
    if (dice.oneIn(3))
        rules.append(u"rate %1mbit queue %2"_s.arg(20 + dice.upTo(80)).arg(20 + dice.upTo(80)));
    weather.rules = rules.join(u"; "_s);
    weather.ipVersion = dice.oneOf({4, 6});
    weather.closing = dice.oneOf({Closing::Client, Closing::Server, Closing::Both, Closing::HalfClose});
    weather.closeDelayMs = dice.oneOf({0, 10, 60});
    return weather;
}

QString Weather::text() const
{
    constexpr std::array closings{"the client closes", "the server closes", "both close", "the client half-closes"};
    return u"seed %1: IPv%2, %3, the other end %4 ms later; %5"_s.arg(seed)
        .arg(ipVersion)
        .arg(QLatin1StringView(closings.at(size_t(closing))))
        .arg(closeDelayMs)
        .arg(rules);
}
