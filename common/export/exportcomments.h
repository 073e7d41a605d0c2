// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "exportsource.h"
#include "sessionsteps.h"

#include <optional>

/// The steps of a session as comments on the packets of a capture. Remembers which step belongs to which packet, and
/// reads its text when it is asked for. Part of exportFile().
class ExportComments
{
public:
    /// Returns nothing, or a sentence that says why it failed.
    QString read(const ExportSource &source, ExportProgress &progress);
    QStringList of(quint32 frame) const; ///< of the packet with this number, from 1

private:
    std::optional<SessionSteps> m_steps;
    std::vector<std::pair<quint32, quint32>> m_places; ///< packet and step, ascending
};
