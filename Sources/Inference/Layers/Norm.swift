import CKernels

/// A normalisation with learnt weights.
struct Norm {
    let kind: NormKind
    let weight: UnsafePointer<Float>
    let bias: UnsafePointer<Float>?
    let width: Int
    let epsilon: Float

    func callAsFunction(_ x: UnsafePointer<Float>, to out: UnsafeMutablePointer<Float>) {
        switch kind {
        case .rms: ck_rms_norm(x, weight, Int64(width), epsilon, out)
        case .layer: ck_layer_norm(x, weight, bias, Int64(width), epsilon, out)
        }
    }
}
