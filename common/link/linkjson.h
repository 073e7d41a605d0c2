// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linkreport.h"

#include <QJsonObject>

#include <optional>

/// The lines of the link's control socket (LinkControl). Pure; any thread.
namespace LinkJson {

QJsonObject event(const LinkEvent &event);
QByteArray line(const QJsonObject &object);
std::optional<LinkReport> report(const QJsonObject &line); ///< of an event(); nothing: the line is another one

} // namespace LinkJson
