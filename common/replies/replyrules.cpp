// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "replyrules.h"

#include "base/plainfile.h"
#include "messages/jsonlist.h"
#include "messages/messagejson.h"
#include "rulereader.h"

#include <QFile>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace {

struct ReplyRulesStrings {
    Q_DECLARE_TR_FUNCTIONS(ReplyRules)
};

constexpr auto listName = "rules"_L1;
constexpr qint64 maxFileBytes = qint64(64) * 1024 * 1024;

QJsonObject messageObject(const TypedMessage &message)
{
    if (message.form != MessageForm::File)
        return MessageJson::write(message);
    return MessageJson::write({.text = TypedMessage::inHex(message.content), .form = MessageForm::Hex});
}

QJsonObject ruleObject(const ReplyRule &rule)
{
    const ReplyRule usual;
    QJsonObject object{{"when"_L1, ReplyRule::whenWords.at(size_t(rule.when))}};
    const auto add = [&object](QLatin1StringView field, bool isUsual, const QJsonValue &value) {
        if (!isUsual)
            object.insert(field, value);
    };
    add("name"_L1, rule.name.isEmpty(), rule.name);
    add("enabled"_L1, rule.isEnabled, rule.isEnabled);
    add("message"_L1, rule.message == usual.message, messageObject(rule.message));
    add("expression"_L1, rule.expression.isEmpty(), rule.expression);
    add("as-text"_L1, !rule.asText, rule.asText);
    add("ms"_L1, rule.ms == usual.ms, rule.ms);
    if (rule.answer == ReplyRule::Answer::Message)
        object.insert("reply"_L1, messageObject(rule.reply));
    add("reply"_L1, rule.answer != ReplyRule::Answer::Echo, "echo"_L1);
    add("then"_L1, rule.then == usual.then, ReplyRule::thenWords.at(size_t(rule.then)));
    add("delay"_L1, rule.delayMs == usual.delayMs, rule.delayMs);
    QJsonArray pieces;
    for (const int size : rule.pieces)
        pieces.append(size);
    add("pieces"_L1, pieces.isEmpty(), pieces);
    add("gap"_L1, rule.gapMs == usual.gapMs, rule.gapMs);
    add("first"_L1, rule.often != ReplyRule::Often::First, rule.times);
    add("from"_L1, rule.often != ReplyRule::Often::From, rule.times);
    add("to"_L1, rule.to == usual.to, ReplyRule::toWords.at(size_t(rule.to)));
    return object;
}

ReplyRules::Read failed(const QString &sentence)
{
    return {.rules = {}, .error = sentence};
}

} // namespace

ReplyRules::Read ReplyRules::read(const QByteArray &json)
{
    const auto list = JsonList::read(json, listName, maxRules);
    if (const auto *error = std::get_if<QString>(&list))
        return failed(*error);
    const auto &entries = std::get<QJsonArray>(list);
    Read read;
    read.rules.reserve(entries.size());
    for (qsizetype i = 0; i < entries.size(); ++i) {
        RuleReader reader(entries.at(i));
        ReplyRule rule = reader.rule();
        rule.id = int(i) + 1;
        if (!reader.error().isEmpty())
            return failed(ReplyRulesStrings::tr("Rule %1: %2").arg(QString::number(rule.id), reader.error()));
        read.rules.append(rule);
    }
    return read;
}

ReplyRules::Read ReplyRules::readFile(const QString &path)
{
    QFile file(path);
    if (path.isEmpty())
        return failed(ReplyRulesStrings::tr("it has no name"));
    if (const QString reason = PlainFile::open(file); !reason.isEmpty())
        return failed(reason);
    const QByteArray json = file.read(maxFileBytes + 1);
    if (file.error() != QFile::NoError)
        return failed(file.errorString());
    if (json.size() > maxFileBytes)
        return failed(ReplyRulesStrings::tr("it is larger than 64 MiB"));
    return read(json);
}

QByteArray ReplyRules::write(const QList<ReplyRule> &rules)
{
    QJsonArray entries;
    for (const ReplyRule &rule : rules)
        entries.append(ruleObject(rule));
    return JsonList::write(listName, entries);
}
