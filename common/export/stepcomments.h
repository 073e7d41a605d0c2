// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capture/pcapngwriter.h"
#include "flows/flowtable.h"
#include "matching/stepmatch.h"

#include <vector>

/// The line of each numbered step, at the packet that completed it: the last of its segments that was not a
/// retransmission. Steps without a segment have no comment. Pure.
PacketComments stepComments(const FlowTable &flows, const std::vector<Step> &steps);

/// The same for one step.
namespace StepComments {

quint32 frameOf(const StepMatch &match, const FlowTable &flows, StepRow step); ///< of a numbered step; 0: none
QString text(const Step &step);

} // namespace StepComments
