// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "version.h"

using namespace Qt::StringLiterals;

QString Version::text()
{
    const QLatin1StringView commit(TCPSTEPS_COMMIT);
    const QString known = commit.isEmpty() ? QString() : u", commit %1"_s.arg(commit);
    return u"TCP Steps %1%2, Qt %3"_s.arg(QLatin1StringView(TCPSTEPS_VERSION), known, QLatin1StringView(qVersion()));
}
