// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QString>

#include <variant>

/// A JSON file that is one list with a name: {"presets": [{…}, …]}. Pure.
namespace JsonList {

/// The entries, or a sentence that names the line of a syntax error, or what is wrong with the list.
std::variant<QJsonArray, QString> read(const QByteArray &json, QLatin1StringView name, qsizetype maxEntries);
QByteArray write(QLatin1StringView name, const QJsonArray &entries);

} // namespace JsonList
