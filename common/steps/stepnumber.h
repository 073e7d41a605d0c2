// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

/// The counting rule. At one end of a connection, sending the k-th of all its messages, in both directions, is step
/// 2k-1, and receiving it is step 2k. After m messages the close or reset is step 2m+1 if this end's FIN or RST came
/// first, else 2m+2. Pure; any thread.
namespace StepNumber {

constexpr int ofSend(int message)
{
    return 2 * message - 1;
}

constexpr int ofReceive(int message)
{
    return 2 * message;
}

constexpr int ofClose(int messages, bool isFirst)
{
    return 2 * messages + (isFirst ? 1 : 2);
}

/// The k of a step that sends or receives.
constexpr int messageOf(int number)
{
    return (number + 1) / 2;
}

} // namespace StepNumber
