// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "replyrule.h"

#include "ruleexpression.h"

#include <algorithm>

int ReplyRule::lastGroup() const
{
    if (isEvent())
        return TypedMessage::noCaptures;
    return when == When::Matches ? RuleExpression::groups(expression) : 0;
}

QList<ReplyRule::Mistake> ReplyRule::mistakes() const
{
    QList<Mistake> mistakes;
    const auto check = [&mistakes](const char *field, bool isRight, const QString &sentence) {
        if (!isRight)
            mistakes.append({QLatin1StringView(field), sentence});
    };
    if (when == When::Matches) {
        const QString error = RuleExpression::error(expression);
        check("expression", error.isEmpty(), error);
    } else if (!isEvent()) {
        const TypedMessage::Read read = message.read();
        check("message", !read.message.file(), tr("A message can be compared with at most 16 MiB."));
        check("message", !read.mistake, read.mistake ? read.mistake->sentence : QString());
        check("message", read.mistake || !read.message.hasFields(),
              tr("A message cannot be compared with a computed field."));
    }
    if (isTimed())
        check("ms", ms >= 1 && ms <= maxMs, tr("A time is 1 to %1 ms.").arg(maxMs));
    if (answer == Answer::Message) {
        const TypedMessage::Read read = reply.read(lastGroup());
        check("reply", !read.message.file(), tr("A reply by rule has at most 16 MiB."));
        check("reply", !read.mistake, read.mistake ? read.mistake->sentence : QString());
    }
    check("reply", answer != Answer::Echo || !isEvent(), tr("An event has no message to echo."));
    check("delay", delayMs >= 0 && delayMs <= maxMs, tr("A time is 0 to %1 ms.").arg(maxMs));
    check("pieces", pieces.size() <= maxPieces, tr("There can be %1 sizes.").arg(maxPieces));
    const bool areSizes =
        std::all_of(pieces.begin(), pieces.end(), [](int size) { return size >= 1 && size <= TypedMessage::maxBytes; });
    check("pieces", areSizes, tr("A piece has 1 to %1 bytes.").arg(TypedMessage::maxBytes));
    check("gap", gapMs >= 0 && gapMs <= maxMs, tr("A time is 0 to %1 ms.").arg(maxMs));
    if (often != Often::Always)
        check(often == Often::First ? "first" : "from", times >= 1 && times <= maxTimes,
              tr("The number is 1 to %1.").arg(maxTimes));
    return mistakes;
}
