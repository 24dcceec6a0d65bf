import Glibc
import SimulationKernel
import Statistics

/// The floor's model on the bare kernel: its event queue, its random streams, a latency histogram, nothing else.
struct KernelModel: ~Copyable {
  var queue = EventQueue()
  var histogram = HistogramTable(rowCount: 1)
  /// Times at which idle instances became idle; the longest idle at `bottom`.
  private var idle: UnsafeMutablePointer<Int64>
  private var capacity = 1 << 16
  private var bottom = 0
  private var top = 0
  private(set) var coldStarts: UInt64 = 0
  private(set) var latencySum: Int64 = 0

  init() { idle = .allocate(capacity: capacity) }

  deinit { idle.deallocate() }

  /// Runs the model.
  mutating func run(
    rate: Double, warmMean: Double, coldMean: Double, expiry: Double, invocations: UInt64, seed: UInt64
  ) {
    let key = StreamKey(seed: seed, replication: 0, entity: 1)
    let gap = 1e9 / rate
    let expiryNanoseconds = Int64(expiry * 1e9)
    var arrival: Int64 = 0
    for index in 0..<invocations {
      let luck = key.luck(index)
      arrival &+= Int64(-log(luck.bits(0).unitInterval) * gap)
      while queue.nextTime < arrival { rest(queue.pop().time) }
      while bottom < top && idle[bottom] &+ expiryNanoseconds <= arrival { bottom &+= 1 }
      let isCold = bottom == top
      let service = Int64(-log(luck.bits(1).unitInterval) * (isCold ? coldMean : warmMean) * 1e9)
      if isCold {
        coldStarts &+= 1
        bottom = 0
        top = 0
      } else {
        top &-= 1
      }
      queue.push(at: arrival &+ service, index)
      histogram.record(0, service)
      latencySum &+= service
    }
  }

  @inline(__always)
  private mutating func rest(_ now: Int64) {
    if top == capacity { makeRoom() }
    idle[top] = now
    top &+= 1
  }

  private mutating func makeRoom() {
    let wanted = bottom > 0 ? capacity : capacity * 2
    let room = UnsafeMutablePointer<Int64>.allocate(capacity: wanted)
    room.initialize(from: idle + bottom, count: top - bottom)
    idle.deallocate()
    idle = room
    capacity = wanted
    top -= bottom
    bottom = 0
  }
}
