// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "wire/flowtable.h"
#include "wire/pcapngwriter.h"

#include <vector>

/// Each numbered step's line at the packet that completed it: the last of its segments that was not a repetition. Steps without
/// a segment have no comment. Pure.
PacketComments stepComments(const FlowTable &flows, const std::vector<Step> &steps);
