// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "export.h"
#include "sessionsteps.h"

#include <optional>

/// The steps of a session as comments of the packets of a capture: which step stands where is kept, what it says is read when it is asked
/// for. A part of exportFile().
class ExportComments
{
public:
    /// Empty, or a sentence.
    QString read(const ExportSource &source, ExportProgress &progress);
    QStringList of(quint32 frame) const; ///< of the packet with this number, from 1

private:
    std::optional<SessionSteps> m_steps;
    std::vector<std::pair<quint32, quint32>> m_places; ///< packet and step, ascending
};
