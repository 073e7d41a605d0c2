// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "jsonlist.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

struct JsonListStrings {
    Q_DECLARE_TR_FUNCTIONS(JsonList)
};

} // namespace

std::variant<QJsonArray, QString> JsonList::read(const QByteArray &json, QLatin1StringView name, qsizetype maxEntries)
{
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError) {
        const qsizetype at = qMin(qsizetype(error.offset), json.size());
        return JsonListStrings::tr("Line %1: %2").arg(json.first(at).count('\n') + 1).arg(error.errorString());
    }
    const QJsonValue list = object.value(name);
    if (!list.isArray())
        return JsonListStrings::tr("The file has no list “%1”: {\"%1\": […]}").arg(name);
    for (auto field = object.begin(); field != object.end(); ++field) {
        if (field.key() != name)
            return JsonListStrings::tr("“%1” is not known. "
                                       "The file has only the list “%2”.")
                .arg(field.key(), name);
    }
    const QJsonArray entries = list.toArray();
    if (entries.size() > maxEntries)
        return JsonListStrings::tr("“%1” has at most %2 entries, not %3.")
            .arg(name)
            .arg(maxEntries)
            .arg(entries.size());
    return entries;
}

QByteArray JsonList::write(QLatin1StringView name, const QJsonArray &entries)
{
    return QJsonDocument(QJsonObject{{name, entries}}).toJson();
}
